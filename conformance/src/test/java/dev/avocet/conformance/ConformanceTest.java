package dev.avocet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.testing.SharedFolder;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The published cases, and cases with a mistake put in to see that it is noticed. */
class ConformanceTest {
  @TempDir Path folder;

  /** Folders with cases of other seeds, if there are any, as in {@code PATH}. */
  private static final String MORE = "AVOCET_CONFORMANCE_CASES";

  @ParameterizedTest
  @EnumSource(PlanMode.class)
  void shouldAgreeWithTheReferenceOnEveryPlan(PlanMode plan) {
    Path shared = SharedFolder.resolve("conformance/cases");
    List<Path> folders = new ArrayList<>(List.of(shared));
    Stream.ofNullable(System.getenv(MORE))
        .flatMap(text -> Stream.of(text.split(File.pathSeparator, -1)))
        .forEach(text -> folders.add(Path.of(text)));
    RunOptions options = new RunOptions(Device.CPU, plan);
    List<String> wrong = new ArrayList<>();
    for (Path folder : folders) {
      int answered = 0;
      for (Path one : Conformance.cases(folder)) {
        Verdict verdict = Conformance.run(one, Conformance.imagesOf(shared), options);
        boolean hasAnswer = Files.exists(one.resolve("expected.json"));
        answered += hasAnswer ? 1 : 0;
        if (!verdict.passed() && verdict.kind() != Verdict.Kind.UNANSWERED) {
          wrong.add(one + " " + verdict);
        }
      }
      if (answered < 88) {
        wrong.add("%s: only %d cases have an answer".formatted(folder, answered));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldNoticeAnotherPixel() throws IOException {
    Path one = copy("transform-resize-bilinear-down");
    assertThat(run(one)).isEqualTo(Verdict.AGREES);
    change(one.resolve("expected.png"), 1, 2);
    assertThat(run(one).toString())
        .startsWith("differs: ")
        .contains("1 of ", "by up to 2 (allowed 1) at x=0 y=0");
  }

  @Test
  void shouldNoticeManyPixelsThatAreNearlyRight() throws IOException {
    Path one = copy("transform-center-crop-0");
    change(one.resolve("expected.png"), Integer.MAX_VALUE, 1);
    assertThat(run(one).toString()).startsWith("differs: ").contains("by 1 (allowed 0.");
  }

  @Test
  void shouldAllowTheLastBitOfBicubic() throws IOException {
    Path one = copy("transform-center-crop-0");
    change(one.resolve("expected.png"), Integer.MAX_VALUE, 1);
    // Nothing reads this key of this transform; it only says that the case is a bicubic one.
    Path pipeline = one.resolve("model/pipeline.json");
    String load = "\"type\": \"LoadImageFromFile\"";
    String text = Files.readString(pipeline);
    Files.writeString(pipeline, text.replace(load, load + ", \"interpolation\": \"bicubic\""));
    assertThat(run(one)).isEqualTo(Verdict.AGREES);
  }

  @Test
  void shouldNoticeAnotherShape() throws IOException {
    Path one = copy("transform-center-crop-0");
    Path expected = one.resolve("expected.json");
    Files.writeString(expected, "{\"shape\": [1, 2, 3]}");
    assertThat(run(one).toString()).startsWith("differs: shape [").endsWith("expected [1,2,3]");
  }

  @Test
  void shouldNoticeAnotherBoxLabelAndCount() throws IOException {
    Path one = copy("det-resize-bbox-stretch");
    Path expected = one.resolve("expected.json");
    String text = Files.readString(expected);
    Files.writeString(expected, text.replaceFirst("\"labels\": \\[\\s*\\d+", "\"labels\": [77"));
    assertThat(run(one).toString()).contains("differs: expected class=77");
    Files.writeString(expected, "{\"boxes\": [], \"labels\": []}");
    assertThat(run(one).toString()).matches("differs: \\d+ answers, expected 0");
  }

  /** Each row changes one thing in the reference's answer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cls-linear-softmax-true | labels.0.0 | differs: expected class=9999",
        "cls-linear-softmax-true | labels.6.1 | differs: expected class=",
        "det-mask-rcnn           | masks.0.shape.1 | differs: expected class=",
        "det-mask-rcnn           | masks.1.rows.9 | differs: expected class=",
        "det-resize-bbox-keep    | boxes.0.4 | differs: expected class=",
        "pose-simcc              | key_points.2.16.0 | differs: pose 2: point 16 is ",
        "pose-simcc              | key_points.1.0.2 | differs: pose 1: point 0 is ",
        "tracker-people | runs.1.3.key_points.0.1.0 | differs: state 1 frame 3 id 0: point 1",
        "tracker-people | runs.0.5.boxes.0.2 | differs: state 0 frame 5 id 0: Box",
        "tracker-people | runs.0.0.ids.0 | differs: state 0 frame 0: ids [0], expected [9999]",
        "rotated                 | boxes.1.4 | differs: expected RotatedDetection",
        "rotated                 | labels.0 | differs: expected RotatedDetection",
        "text-db                 | boxes.0.3 | differs: expected TextRegion",
        "text-db                 | boxes.1.8 | differs: expected TextRegion",
        "text-ctc-full           | text | differs: text ",
        "text-ctc-full           | score.3 | differs: score 3 is ",
        "video-centercrop-nchw   | labels.0.1 | differs: expected class=",
      })
  void shouldNoticeAnotherAnswer(String name, String where, String words) throws IOException {
    Path one = copy(name);
    assertThat(run(one)).isEqualTo(Verdict.AGREES);
    Path expected = one.resolve("expected.json");
    ObjectMapper mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(expected.toFile());
    List<String> path = List.of(where.split("\\.", -1));
    JsonNode parent = json.at("/" + String.join("/", path.subList(0, path.size() - 1)));
    String last = path.get(path.size() - 1);
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), 9999);
    } else {
      ((ObjectNode) (path.size() == 1 ? json : parent)).put(last, "9999");
    }
    Files.writeString(expected, json.toString());
    assertThat(run(one).toString()).startsWith(words);
  }

  @Test
  void shouldNoticeAnotherPixelOfAMap() throws IOException {
    Path labels = copy("seg-argmax");
    assertThat(run(labels)).isEqualTo(Verdict.AGREES);
    change(labels.resolve("expected.png"), 1, 1);
    assertThat(run(labels).toString()).startsWith("differs: x=0 y=0: class ");
    Path scores = copy("seg-score");
    assertThat(run(scores)).isEqualTo(Verdict.AGREES);
    Path array = scores.resolve("expected.npy");
    byte[] bytes = Files.readAllBytes(array);
    ByteBuffer.wrap(bytes).putFloat(bytes.length - 4, 77);
    Files.write(array, bytes);
    assertThat(run(scores).toString()).startsWith("differs: score ").contains("expected ");
    Files.write(array, Arrays.copyOf(bytes, bytes.length - 4));
    assertThat(run(scores).toString()).startsWith("error: invalid arg: ").contains(" values for ");
    Files.write(array, new byte[100]);
    assertThat(run(scores).toString()).contains("not a file of NumPy");
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Path one = copy("transform-center-crop-0");
    Path images = Conformance.imagesOf(SharedFolder.resolve("conformance/cases"));
    assertThat(Conformance.run(one, folder, RunOptions.DEFAULT).toString())
        .startsWith("error: file not found: " + folder);
    Files.writeString(one.resolve("case.json"), "{\"task\": \"Restorer\"}");
    assertThat(Conformance.run(one, images, RunOptions.DEFAULT).toString())
        .contains("error: invalid arg: ", "case.json: image.crop: expected [x, y, width, height]");
    Files.delete(one.resolve("expected.json"));
    assertThat(Conformance.run(one, images, RunOptions.DEFAULT).toString())
        .isEqualTo("unanswered: the case has no answer of the reference");
    Files.writeString(one.resolve("case.json"), "{\"task\": ");
    assertThat(Conformance.run(one, images, RunOptions.DEFAULT).toString()).contains("not JSON");
  }

  @Test
  void shouldRefuseFoldersWithoutCases() {
    assertThatThrownBy(() -> Conformance.cases(folder)).hasMessageContaining("has no case");
    assertThatThrownBy(() -> Conformance.cases(folder.resolve("x")))
        .hasMessageContaining("there is no folder");
  }

  private static Verdict run(Path one) {
    return Conformance.run(
        one, Conformance.imagesOf(SharedFolder.resolve("conformance/cases")), RunOptions.DEFAULT);
  }

  private Path copy(String name) throws IOException {
    Path from = SharedFolder.resolve("conformance/cases").resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path to = folder.resolve(name).resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.write(to, Files.readAllBytes(file));
        }
      }
    }
    return folder.resolve(name);
  }

  /** Changes the first byte of the first {@code pixels} pixels by {@code by}. */
  private static void change(Path png, int pixels, int by) {
    try (Image old = Image.read(png);
        Image changed = Image.allocate(PixelFormat.BGR, old.width(), old.height())) {
      ByteBuffer from = old.plane(0);
      ByteBuffer to = changed.plane(0);
      int left = pixels;
      for (int y = 0; y < old.height(); y++) {
        for (int x = 0; x < 3 * old.width(); x++) {
          int value = from.get(y * old.planes().get(0).stride() + x) & 0xff;
          if (x % 3 == 0 && left-- > 0) {
            value += value < 128 ? by : -by;
          }
          to.put(y * changed.planes().get(0).stride() + x, (byte) value);
        }
      }
      ImageCodec.installed().write(changed, png);
    }
  }
}
