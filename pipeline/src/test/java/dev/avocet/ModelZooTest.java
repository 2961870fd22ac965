package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.testing.ModelZoo;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folders of {@code docs/model-zoo.md} that look at whole pictures, against published answers
 * and those of an independent implementation.
 */
class ModelZooTest {
  private static final String SQUEEZENET = "classification/SqueezeNet_fp32_from_fp16.onnx";

  @TempDir Path folder;
  private Path images;

  @BeforeEach
  void findThePictures() {
    images = SharedFolder.resolve("assets/images");
  }

  @Test
  void shouldNameTheClassesOfEightPictures() throws IOException {
    ModelZoo.write(folder.resolve("any"), "squeezenet", SQUEEZENET);
    ModelZoo.write(folder.resolve("224"), "squeezenet", SQUEEZENET);
    leaveTheSizeAlone(folder.resolve("224"));
    List<Expected> lines = Expected.lines("SqueezeNet_fp32_from_fp16 BGR 0..255");
    assertThat(lines).hasSize(8);
    try (Classifier any = Classifier.open(folder.resolve("any"));
        Classifier asItIs = Classifier.open(folder.resolve("224"))) {
      for (Expected line : lines) {
        try (Image image = Image.read(images.resolve(line.picture()))) {
          Classifier classifier = image.width() == 224 ? asItIs : any;
          assertClasses(classifier.classify(image), line);
        }
      }
    }
  }

  /** What the page says about pictures that have the network's size. */
  private static void leaveTheSizeAlone(Path model) throws IOException {
    ModelZoo.replace(
        model, "{\"type\": \"Resize\", \"size\": [256, -1], \"interpolation\": \"area\"},", "");
  }

  private static void assertClasses(List<Classification> found, Expected line) {
    List<MatchResult> wanted = line.all("\\[(\\d+) [^\\]]*? ([\\d.]+)]");
    assertThat(wanted).hasSize(3);
    for (MatchResult w : wanted) {
      int id = Integer.parseInt(w.group(1));
      float score =
          found.stream()
              .filter(c -> c.classId() == id)
              .map(Classification::score)
              .findFirst()
              .orElse(0f);
      assertThat(score).as(line + ": " + found).isCloseTo(Expected.number(w, 2), within(0.01f));
    }
    assertThat(found.get(0).classId()).isEqualTo(Integer.parseInt(wanted.get(0).group(1)));
  }

  @Test
  void shouldGiveThePublishedProbabilitiesOfAllClasses() throws IOException {
    ModelZoo.write(folder, "squeezenet", SQUEEZENET);
    leaveTheSizeAlone(folder);
    Path csv = SharedFolder.resolve("assets/classification/golden/Squeezenet_fish_input_CPU.csv");
    List<String> rows = Files.readAllLines(csv).stream().skip(1).toList();
    assertThat(rows).hasSize(1000);
    try (Classifier classifier = Classifier.open(folder);
        Image fish = Image.read(images.resolve("fish.png"))) {
      List<Classification> all = classifier.classify(fish, ClassifyOptions.DEFAULT.withTopK(1000));
      assertThat(all).hasSize(1000);
      for (Classification c : all) {
        String[] row = rows.get(c.classId()).split(",", 2);
        assertThat(Integer.parseInt(row[0])).isEqualTo(c.classId());
        // The weights here are those of the published network rounded to 16 bits.
        assertThat(c.score()).isCloseTo(Float.parseFloat(row[1]), within(8.3e-4f));
      }
    }
  }

  @Test
  void shouldReadADigit() throws IOException {
    ModelZoo.write(folder, "mnist", "classification/mnist-8/model.onnx");
    try (Classifier classifier = Classifier.open(folder);
        Image digit = Image.read(images.resolve("mnist_28.png"))) {
      assertThat(classifier.classify(digit))
          .singleElement()
          .satisfies(c -> assertThat(c.classId()).isEqualTo(8))
          .satisfies(c -> assertThat(c.score()).isGreaterThan(0.999f));
    }
    ModelZoo.replace(folder, ", \"softmax\": true", "");
    List<MatchResult> logits = Expected.lines("mnist_28.png argmax=8").get(0).all("-?\\d+\\.\\d+");
    assertThat(logits).hasSize(10);
    try (Classifier classifier = Classifier.open(folder);
        Image digit = Image.read(images.resolve("mnist_28.png"))) {
      for (Classification c : classifier.classify(digit, ClassifyOptions.DEFAULT.withTopK(10))) {
        assertThat(c.score()).isCloseTo(Expected.number(logits.get(c.classId()), 0), within(0.5f));
      }
    }
  }

  @Test
  void shouldGiveTheSharesOfTheClassesInSixPictures() throws IOException {
    ModelZoo.write(folder, "deeplab", "segmentation/deeplab_v3_1_default_1.onnx");
    List<Expected> lines = Expected.lines("deeplab ");
    assertThat(lines).hasSize(6);
    try (Segmentor segmentor = Segmentor.open(folder)) {
      for (Expected line : lines) {
        try (Image image = Image.read(images.resolve(line.picture()))) {
          Segmentation map = segmentor.segment(image);
          assertThat(map.width()).isEqualTo(image.width());
          assertThat(map.height()).isEqualTo(image.height());
          assertShares(map, line);
        }
      }
    }
  }

  private static void assertShares(Segmentation map, Expected line) {
    double[] shares = map.shares();
    assertThat(shares).hasSize(21);
    double rest = 100;
    for (MatchResult m : line.all("(\\w+)=([\\d.]+)%")) {
      int id = 0;
      while (!map.name(id).orElseThrow().equals(m.group(1))) {
        id++;
      }
      rest -= 100 * shares[id];
      assertThat(100 * shares[id])
          .as(line.picture() + " " + m.group(1))
          .isCloseTo(Double.parseDouble(m.group(2)), within(0.5));
    }
    assertThat(rest).as(line.picture() + ": other classes").isLessThan(0.5);
  }

  @Test
  void shouldEnlargeAGreyPictureAsPublished() throws IOException {
    ModelZoo.write(folder, "super-resolution", "super_resolution/super_resolution_10.onnx");
    float[] small = values("super_resolution_10_input_0.pb", 224 * 224);
    float[] large = values("super_resolution_10_output_0.pb", 672 * 672);
    byte[] pixels = new byte[small.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.round(255 * small[i]);
    }
    try (Restorer restorer = Restorer.open(folder);
        Image grey = Image.copyOf(pixels, PixelFormat.GRAY8, 224, 224);
        Image answer = restorer.restore(grey)) {
      assertThat(answer).hasToString("672x672 GRAY8");
      ByteBuffer plane = answer.plane(0);
      for (int i = 0; i < large.length; i++) {
        int at = i / 672 * answer.planes().get(0).stride() + i % 672;
        float wanted = Math.max(0, Math.min(255, 255 * large[i]));
        assertThat((float) (plane.get(at) & 0xff)).isCloseTo(wanted, within(0.51f));
      }
    }
  }

  /** The values of a tensor's file, which end it. */
  private static float[] values(String name, int count) throws IOException {
    Path file = SharedFolder.resolve("assets/super_resolution").resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    float[] values = new float[count];
    ByteBuffer.wrap(bytes, bytes.length - 4 * count, 4 * count)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }
}
