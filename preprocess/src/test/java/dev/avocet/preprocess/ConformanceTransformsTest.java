package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.model.Params;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@code transform-*} cases: the network of each is {@code input * a + b}, which is done here,
 * and the answer is {@code rint(255 * output)}.
 */
class ConformanceTransformsTest {
  static {
    Natives.prepare();
  }

  static Stream<Arguments> cases() throws IOException {
    Path folder = SharedFolder.resolve("conformance/cases");
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> cases =
          all.filter(p -> p.getFileName().toString().startsWith("transform-")).sorted().toList();
      assertThat(cases).hasSizeGreaterThanOrEqualTo(50);
      return cases.stream()
          .flatMap(p -> Stream.of(PlanMode.values()).map(m -> arguments(p.getFileName(), m, p)));
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void shouldAgreeWithTheReferenceRuntime(Path name, PlanMode mode, Path folder)
      throws IOException {
    Params picture = json(folder.resolve("case.json")).object("image");
    int[] crop = picture.ints("crop");
    Params task =
        json(folder.resolve("model/pipeline.json")).object("pipeline").objects("tasks").get(0);
    Path file = SharedFolder.resolve("assets/images").resolve(picture.text("file"));
    try (Mat decoded = imread(file.toString(), IMREAD_COLOR);
        Image whole =
            Image.wrap(
                decoded.data().address(),
                (int) decoded.step(),
                PixelFormat.BGR,
                decoded.cols(),
                decoded.rows());
        Image image = whole.region(new Rect(crop[0], crop[1], crop[2], crop[3]));
        Preprocessor preprocessor = Preprocessor.create(Steps.in(task), mode)) {
      Prepared prepared = preprocessor.plan(image);
      assertThat(prepared.pass().isPresent()).isEqualTo(mode != PlanMode.REFERENCE);
      try (Tensor tensor = Tensor.allocate(prepared.type(), prepared.shape());
          Mat expected = imread(folder.resolve("expected.png").toString(), IMREAD_UNCHANGED)) {
        preprocessor.run(image, tensor, 0);
        compare(name.toString(), tensor, expected);
      }
    }
  }

  private static void compare(String name, Tensor tensor, Mat expected) {
    Shape shape = tensor.shape();
    assertThat(shape).isEqualTo(Shape.of(1, expected.channels(), expected.rows(), expected.cols()));
    boolean ownNet = name.startsWith("transform-normalize-rgb");
    float a = ownNet ? 0.2f : name.equals("transform-normalize-absent") ? 1 / 255f : 1;
    float b = ownNet ? 0.45f : 0;
    FloatBuffer values = tensor.floats();
    ByteBuffer pixels = expected.createBuffer();
    int area = expected.rows() * expected.cols();
    int different = 0;
    for (int i = 0; i < area; i++) {
      for (int c = 0; c < expected.channels(); c++) {
        int answer =
            (int) Math.rint(255 * Math.max(0, Math.min(1, values.get(c * area + i) * a + b)));
        int wanted = pixels.get(i * expected.channels() + c) & 0xff;
        if (Math.abs(answer - wanted) > 1) {
          fail("pixel %d channel %d: expected %d, found %d", i, c, wanted, answer);
        }
        different += answer == wanted ? 0 : 1;
      }
    }
    if (!name.contains("-area") && !name.contains("-bicubic") && !name.contains("-lanczos")) {
      assertThat(different).isLessThanOrEqualTo(area * expected.channels() / 1000);
    }
  }

  private static Params json(Path file) throws IOException {
    return Params.parse(file.getFileName().toString(), Files.readString(file));
  }
}
