package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every head there is, with the parameters that {@code docs/model-folder.md} shows, on networks
 * whose outputs it cannot read: a sentence that names them, or an answer, never a crash.
 */
class WrongNetworkTest {
  /** What opens a model, looks at a picture and closes it again. */
  private interface Use {
    void open(Path model, Image image);
  }

  private static final List<Use> HANDLES =
      List.of(
          (m, i) -> use(Detector.open(m), h -> h.detect(i)),
          (m, i) -> use(Classifier.open(m), h -> h.classify(i)),
          (m, i) -> use(Segmentor.open(m), h -> h.segment(i)),
          (m, i) -> use(Restorer.open(m), h -> h.restore(i).close()),
          (m, i) -> use(TextDetector.open(m), h -> h.detect(i)),
          (m, i) -> use(TextRecognizer.open(m), h -> h.recognize(i)),
          (m, i) -> use(PoseDetector.open(m), h -> h.detect(i)),
          (m, i) -> use(RotatedDetector.open(m), h -> h.detect(i)));

  /** Names that heads look for. */
  private static final List<String> NAMES =
      List.of(
          "output",
          "dets",
          "labels",
          "masks",
          "simcc_x",
          "simcc_y",
          "heatmaps",
          "short_offsets",
          "cls_8",
          "cls_16",
          "cls_32",
          "obj_8",
          "obj_16",
          "obj_32",
          "bbox_8",
          "bbox_16",
          "bbox_32",
          "kps_8",
          "kps_16",
          "kps_32",
          "cls_pred_stride_8",
          "cls_pred_stride_16",
          "cls_pred_stride_32",
          "dis_pred_stride_8",
          "dis_pred_stride_16",
          "dis_pred_stride_32");

  @TempDir Path folder;
  private Image picture;

  private static <H extends AutoCloseable> void use(H handle, Consumer<H> call) {
    try (handle) {
      call.accept(handle);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void makeAPicture() {
    picture = TestModels.noise(70, 50, 1);
  }

  @AfterEach
  void closeThePicture() {
    picture.close();
  }

  static Stream<Arguments> headsAndUnreadableOutputs() {
    return crossed(
        "another name and five axes",
        one("other"),
        "whole numbers on five axes",
        all(TinyOnnx.INT64, new long[] {1, 1, 1, 1, 2}, new float[2]));
  }

  static Stream<Arguments> headsAndOddOutputs() {
    float[] nan = new float[96];
    Arrays.fill(nan, Float.NaN);
    float[] huge = new float[96];
    Arrays.fill(huge, 3e38f);
    return crossed(
        "a scalar", all(TinyOnnx.FLOAT, new long[] {}, new float[1]),
        "nothing", all(TinyOnnx.FLOAT, new long[] {1, 0}, new float[0]),
        "nothing on three axes", all(TinyOnnx.FLOAT, new long[] {1, 0, 5}, new float[0]),
        "nothing on four axes", all(TinyOnnx.FLOAT, new long[] {1, 0, 0, 6}, new float[0]),
        "two pictures", all(TinyOnnx.FLOAT, new long[] {2, 8, 6}, new float[96]),
        "no numbers", all(TinyOnnx.FLOAT, new long[] {1, 16, 6}, nan),
        "no numbers on four axes", all(TinyOnnx.FLOAT, new long[] {1, 4, 4, 6}, nan),
        "huge numbers", all(TinyOnnx.FLOAT, new long[] {1, 16, 6}, huge),
        "huge numbers on four axes", all(TinyOnnx.FLOAT, new long[] {1, 4, 4, 6}, huge));
  }

  private static Stream<Arguments> crossed(Object... namesAndNetworks) {
    return ServiceLoader.load(HeadProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .flatMap(
            head ->
                Stream.iterate(0, i -> i < namesAndNetworks.length, i -> i + 2)
                    .map(
                        i ->
                            Arguments.of(
                                head.module() + " " + head.component(),
                                namesAndNetworks[i],
                                namesAndNetworks[i + 1])));
  }

  private static byte[] one(String name) {
    return new TinyOnnx()
        .input("input", TinyOnnx.FLOAT, 1, 3, -1, -1)
        .keep("input")
        .floats("c", new long[] {1, 2, 3, 4, 5}, new float[120])
        .output(name, TinyOnnx.FLOAT, 1, 2, 3, 4, 5)
        .node("Identity", new String[] {"c"}, name)
        .build();
  }

  /** A network with an output of each of {@link #NAMES}, all alike. */
  private static byte[] all(int type, long[] shape, float[] values) {
    TinyOnnx onnx = new TinyOnnx().input("input", TinyOnnx.FLOAT, 1, 3, -1, -1).keep("input");
    if (type == TinyOnnx.FLOAT) {
      onnx.floats("c", shape, values);
    } else {
      onnx.longs("c", shape, new long[values.length]);
    }
    for (String name : NAMES) {
      onnx.output(name, type, shape).node("Identity", new String[] {"c"}, name);
    }
    return onnx.build();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("headsAndUnreadableOutputs")
  void shouldNameTheOutputsThatDoNotFit(String head, String what, byte[] network)
      throws IOException {
    AvocetException e = run(head, network).orElseThrow();
    assertThat(e.status()).as(what + ": " + e).isIn(Status.FAIL, Status.NOT_SUPPORTED);
    assertThat(e.getMessage())
        .as(what)
        .contains("output")
        .containsPattern("other|" + String.join("|", NAMES));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("headsAndOddOutputs")
  void shouldAnswerOrRefuse(String head, String what, byte[] network) throws IOException {
    run(head, network).ifPresent(e -> assertThat(e.status()).as(what + ": " + e).isIn(Status.FAIL));
  }

  /** The failure, if there is one. */
  private Optional<AvocetException> run(String head, byte[] network) throws IOException {
    Files.writeString(folder.resolve("dict_file.txt"), "a\nb\nc\n");
    String[] names = head.split(" ", 2);
    TestModels.write(
        folder,
        network,
        1,
        "input",
        TestModels.LOAD + "," + TestModels.TAIL,
        "\"module\": \"%s\", \"component\": \"%s\", \"params\": %s"
            .formatted(names[0], names[1], params(head)));
    for (Use handle : HANDLES) {
      try {
        handle.open(folder, picture);
        return Optional.empty();
      } catch (AvocetException e) {
        // Another handle's head.
        if (!e.getMessage().contains(" cannot be opened on a model of task ")) {
          return Optional.of(e);
        }
      }
    }
    throw new AssertionError("no handle opens a model with head " + head);
  }

  /** The page's JSON for this head. */
  private static String params(String head) throws IOException {
    String page = Files.readString(TestModels.root().resolve("docs/model-folder.md"));
    Pattern block =
        Pattern.compile(
            "^```json head " + Pattern.quote(head) + "\\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    List<MatchResult> found = block.matcher(page).results().toList();
    assertThat(found).as("blocks of " + head + " in model-folder.md").hasSize(1);
    return found.get(0).group(1);
  }
}
