package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.RectF;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.model.Params;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cases that ask about boxes and clips; their networks take means, which is done here. */
class ConformanceSourcesTest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:e-?\\d+)?");
  private static final Pattern LABEL = Pattern.compile("\\[\\s*(\\d+),\\s*(-?[\\d.e-]+)\\s*]");

  static {
    Natives.prepare();
  }

  private static Params json(Path file) throws IOException {
    return Params.parse(file.getFileName().toString(), Files.readString(file));
  }

  private static Preprocessor preprocessor(Path folder, PlanMode mode) throws IOException {
    Params pipeline = json(folder.resolve("model/pipeline.json")).object("pipeline");
    return Preprocessor.create(Steps.in(pipeline.objects("tasks").get(0)), mode);
  }

  /** The crop that a case asks about, rolled to the right by so many columns. */
  private static Image picture(Params picture, int rolled) throws IOException {
    int[] crop = picture.ints("crop");
    Path file = SharedFolder.resolve("assets/images").resolve(picture.text("file"));
    byte[] pixels = new byte[crop[2] * crop[3] * 3];
    try (Mat decoded = imread(file.toString(), IMREAD_COLOR)) {
      ByteBuffer from = decoded.createBuffer();
      for (int i = 0; i < pixels.length; i++) {
        int x = Math.floorMod(i / 3 % crop[2] - rolled, crop[2]);
        int y = i / 3 / crop[2];
        pixels[i] = from.get((int) ((crop[1] + y) * decoded.step()) + 3 * (crop[0] + x) + i % 3);
      }
    }
    return Image.copyOf(pixels, PixelFormat.BGR, crop[2], crop[3]);
  }

  @ParameterizedTest
  @EnumSource
  void shouldCutPosesOutAsTheReferenceRuntime(PlanMode mode) throws IOException {
    Path folder = SharedFolder.resolve("conformance/cases/pose-crop-content");
    Params pose = json(folder.resolve("case.json"));
    Matcher expected = NUMBER.matcher(Files.readString(folder.resolve("expected.json")));
    Matcher edges =
        NUMBER.matcher(
            Files.readString(folder.resolve("case.json")).replaceFirst("(?s).*\"boxes\"", ""));
    int boxes = 0;
    try (Image image = picture(pose.object("image"), 0);
        Preprocessor preprocessor = preprocessor(folder, mode)) {
      while (edges.find()) {
        float left = Float.parseFloat(edges.group());
        float top = next(edges);
        RectF box = new RectF(left, top, next(edges) - left + 1, next(edges) - top + 1);
        Source source = Source.of(image).withBox(box);
        Prepared plan = preprocessor.plan(source);
        RectF window = plan.meta().window().orElseThrow();
        try (Tensor tensor = Tensor.allocate(plan.type(), plan.shape())) {
          preprocessor.run(source, tensor, 0);
          for (int c = 0; c < 3; c++) {
            // Where a heat map of 24 x 32, pooled from the picture, has its peak.
            int x = Math.round((next(expected) - window.x()) / window.width() * 24);
            int y = Math.round((next(expected) - window.y()) / window.height() * 32);
            float peak = next(expected);
            assertThat(pooled(tensor.floats(), c, x, y)).isEqualTo(peak, within(2e-4f));
          }
        }
        boxes++;
      }
    }
    assertThat(boxes).isEqualTo(3);
  }

  private static float next(Matcher numbers) {
    assertThat(numbers.find()).isTrue();
    return Float.parseFloat(numbers.group());
  }

  private static float pooled(FloatBuffer values, int channel, int x, int y) {
    float sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += values.get((channel * 128 + 4 * y + i / 4) * 96 + 4 * x + i % 4);
    }
    return sum / 16;
  }

  @Test
  void shouldPutClipsTogetherAsDefined() throws IOException {
    List<Path> cases;
    try (Stream<Path> all = Files.list(SharedFolder.resolve("conformance/cases"))) {
      cases = all.filter(p -> p.getFileName().toString().startsWith("video-")).sorted().toList();
    }
    assertThat(cases).hasSize(3);
    for (Path folder : cases) {
      for (PlanMode mode : PlanMode.values()) {
        check(folder, mode);
      }
    }
  }

  private static void check(Path folder, PlanMode mode) throws IOException {
    Params clip = json(folder.resolve("case.json"));
    int[] sizes = clip.ints("clip");
    List<Image> frames = new ArrayList<>();
    for (int i = 0; i < sizes[0] * sizes[1]; i++) {
      frames.add(picture(clip.object("image"), 7 * i));
    }
    Source source = Source.clips(frames, sizes[0]);
    try (Preprocessor preprocessor = preprocessor(folder, mode)) {
      Prepared plan = preprocessor.plan(source);
      int rank = plan.shape().rank();
      int area = (int) (plan.shape().dim(rank - 1) * plan.shape().dim(rank - 2));
      try (Tensor tensor = Tensor.allocate(plan.type(), plan.shape())) {
        preprocessor.run(source, tensor, 0);
        Matcher labels = LABEL.matcher(Files.readString(folder.resolve("expected.json")));
        int found = 0;
        for (; labels.find(); found++) {
          int plane = Integer.parseInt(labels.group(1));
          double mean = 0;
          for (int i = 0; i < area; i++) {
            mean += tensor.floats().get(plane * area + i);
          }
          assertThat(mean / area)
              .as("%s %s plane %d", folder.getFileName(), mode, plane)
              .isEqualTo(Double.parseDouble(labels.group(2)), within(1e-5));
        }
        assertThat(found).isEqualTo(12);
      }
    }
    frames.forEach(Image::close);
  }
}
