package dev.avocet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.preprocess.PlanMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The published cases, and cases with a mistake put in to see that it is noticed. */
class ConformanceTest {
  @TempDir Path folder;

  private static boolean isBuilt(Path one) {
    String name = one.getFileName().toString();
    return (name.startsWith("transform-")
            || name.startsWith("det-resize-bbox-")
            || name.startsWith("graph-"))
        && !name.matches("transform-(rescale-to-height|resize-ocr|short-scale)-.*");
  }

  @ParameterizedTest
  @EnumSource(PlanMode.class)
  void shouldAgreeWithTheReferenceOnEveryPlan(PlanMode plan) {
    Path cases = SharedFolder.cases();
    RunOptions options = new RunOptions(Device.CPU, plan);
    List<String> wrong = new ArrayList<>();
    int passed = 0;
    for (Path one : Conformance.cases(cases)) {
      Verdict verdict = Conformance.run(one, Conformance.imagesOf(cases), options);
      passed += verdict.passed() ? 1 : 0;
      boolean asWanted =
          isBuilt(one)
              ? verdict.passed()
              : verdict.passed() || verdict.toString().startsWith("error: not supported: ");
      if (!asWanted) {
        wrong.add(one.getFileName() + " " + verdict);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(passed).isGreaterThanOrEqualTo(48);
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
    assertThat(run(one).toString()).startsWith("differs: ").contains("by 1 (allowed 0.1 %)");
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
    assertThat(run(one).toString()).contains("differs: expected class=77", "none of class 77");
    Files.writeString(expected, "{\"boxes\": [], \"labels\": []}");
    assertThat(run(one).toString()).matches("differs: \\d+ detections, expected 0");
  }

  @Test
  void shouldSayWhatIsMissing() throws IOException {
    Path one = copy("transform-center-crop-0");
    Path images = Conformance.imagesOf(SharedFolder.cases());
    assertThat(Conformance.run(one, folder, RunOptions.DEFAULT).toString())
        .startsWith("error: file not found: " + folder);
    Files.delete(one.resolve("expected.json"));
    assertThat(Conformance.run(one, images, RunOptions.DEFAULT).toString())
        .startsWith("error: file not found: the case has no file ")
        .endsWith("expected.json");
    Files.writeString(one.resolve("case.json"), "{\"task\": \"Restorer\"}");
    assertThat(Conformance.run(one, images, RunOptions.DEFAULT).toString())
        .contains("error: invalid arg: ", "case.json: image.crop: expected [x, y, width, height]");
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
    return Conformance.run(one, Conformance.imagesOf(SharedFolder.cases()), RunOptions.DEFAULT);
  }

  private Path copy(String name) throws IOException {
    Path from = SharedFolder.cases().resolve(name);
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
