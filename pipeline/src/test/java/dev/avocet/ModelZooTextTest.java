package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Point;
import dev.avocet.testing.ModelZoo;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The folders of {@code docs/model-zoo.md} that find and read text, against a published line and
 * the answers of an independent implementation.
 */
class ModelZooTextTest {
  private static final Pattern LINE =
      Pattern.compile(" *\\[(-?\\d+), (-?\\d+), (-?\\d+), (-?\\d+)] det=([\\d.]+) -> '(.*)' (.*)");

  @TempDir Path folder;
  private Path images;

  /** A line of text where the independent implementation found it. */
  private record Line(Box box, float score, String text, double confidence) {}

  @BeforeEach
  void findThePictures() {
    images = SharedFolder.resolve("assets/images");
  }

  private static Path detector(Path folder) throws IOException {
    return ModelZoo.write(folder, "ppocr-det", "ocr/det/en_PP-OCRv3_det_infer.onnx");
  }

  private static Path angle(Path folder) throws IOException {
    return ModelZoo.write(folder, "ppocr-angle", "ocr/cls/ch_ppocr_mobile_v2.0_cls_infer.onnx");
  }

  private static Path recognizer(Path folder) throws IOException {
    ModelZoo.write(folder, "ppocr-rec", "ocr/rec/en_number_mobile_v2.0_rec_infer.onnx");
    Path dictionary = SharedFolder.resolve("assets/ocr/rec/en_dict.txt");
    Files.copy(dictionary, folder.resolve("en_dict.txt"));
    return folder;
  }

  private static List<Line> lines(String picture) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String text : Expected.below("DET en_PP-OCRv3_det_infer images/" + picture + " ")) {
      MatchResult m = LINE.matcher(text).results().findFirst().orElseThrow();
      Box box =
          new Box(
              Expected.number(m, 1),
              Expected.number(m, 2),
              Expected.number(m, 3),
              Expected.number(m, 4));
      lines.add(new Line(box, Expected.number(m, 5), m.group(6), Double.parseDouble(m.group(7))));
    }
    return lines;
  }

  @Test
  void shouldReadThePublishedLine() throws IOException {
    Expected line = Expected.lines("REC whole").get(0);
    assertThat(line.picture()).isEqualTo("ocr/en_rec.jpg");
    MatchResult wanted = line.all("-> '(.*)' ([\\d.]+)").get(0);
    try (TextRecognizer recognizer = TextRecognizer.open(recognizer(folder));
        Image image = Image.read(images.resolve(line.picture()))) {
      RecognizedText read = recognizer.recognize(image);
      assertThat(read.text()).isEqualTo(wanted.group(1));
      assertThat(read.score()).isCloseTo(Expected.number(wanted, 2), within(0.01f));
    }
  }

  @Test
  void shouldSeeWhichLinesStandOnTheirHeads() throws IOException {
    List<Expected> lines = Expected.lines("CLS ");
    assertThat(lines).hasSize(3);
    try (Classifier classifier = Classifier.open(angle(folder))) {
      for (Expected line : lines) {
        List<MatchResult> wanted = line.all("[\\d.]+(?:E-\\d+)?(?=[,\\]])");
        try (Image image = Image.read(images.resolve(line.picture()))) {
          for (Classification c : classifier.classify(image)) {
            float score = Expected.number(wanted.get(wanted.size() - 2 + c.classId()), 0);
            assertThat(c.score()).as(line.picture()).isCloseTo(score, within(0.01f));
            assertThat(c.label()).contains(c.classId() == 0 ? "0" : "180");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ocr/en.jpg, 5", "mmdeploy_text_det.jpg, 9", "mmdeploy_text_recog.jpg, 1"})
  void shouldFindTheLines(String picture, int count) throws IOException {
    List<Line> wanted = lines(picture);
    assertThat(wanted).hasSize(count);
    detector(folder);
    // The ratio that the other implementation had.
    ModelZoo.replace(folder, "\"unclip_ratio\": 1.6", "\"unclip_ratio\": 1.5");
    try (TextDetector detector = TextDetector.open(folder);
        Image image = Image.read(images.resolve(picture))) {
      List<TextRegion> found = detector.detect(image);
      assertThat(found).hasSize(count);
      for (Line line : wanted) {
        TextRegion nearest =
            found.stream()
                .min((a, b) -> Double.compare(distance(a, line), distance(b, line)))
                .orElseThrow();
        // Turned rectangles differ most, by how the corners of their regions were cut to pixels.
        assertThat(distance(nearest, line)).as(line + " " + nearest).isLessThanOrEqualTo(5);
        assertThat(nearest.score()).isCloseTo(line.score, within(0.02f));
      }
    }
  }

  /** The most that an edge of the region's bounding box lies off, in pixels. */
  private static double distance(TextRegion region, Line line) {
    List<Point> corners = region.quad().corners();
    double x1 = corners.stream().mapToDouble(Point::x).min().orElseThrow();
    double y1 = corners.stream().mapToDouble(Point::y).min().orElseThrow();
    double x2 = corners.stream().mapToDouble(Point::x).max().orElseThrow();
    double y2 = corners.stream().mapToDouble(Point::y).max().orElseThrow();
    double across = Math.max(Math.abs(x1 - line.box.x1()), Math.abs(x2 - line.box.x2()));
    return Math.max(across, Math.max(Math.abs(y1 - line.box.y1()), Math.abs(y2 - line.box.y2())));
  }

  @Test
  void shouldReadTheLinesOfAPictureWithHandles() throws IOException {
    try (TextDetector detector = TextDetector.open(detector(folder.resolve("det")));
        TextRecognizer recognizer = TextRecognizer.open(recognizer(folder.resolve("rec")));
        Image image = Image.read(images.resolve("ocr/en.jpg"))) {
      List<TextRegion> found = detector.detect(image);
      assertLines(
          recognizer.recognize(image, found.stream().map(TextRegion::quad).toList()).stream()
              .map(RecognizedText::text)
              .toList());
    }
  }

  @Test
  void shouldReadTheLinesOfAPictureWithOnePipeline() throws IOException {
    try (Pipeline pipeline = Pipeline.open(pipeline());
        Image image = Image.read(images.resolve("ocr/en.jpg"));
        Answer answer = pipeline.run(image)) {
      assertLines(texts(answer));
      assertThat(answer.first("regions").items()).hasSize(5);
    }
  }

  @Test
  void shouldReadTheLinesOfAPictureThatStandsOnItsHead() throws IOException {
    try (Pipeline pipeline = Pipeline.open(pipeline());
        Image image = Image.read(images.resolve("ocr/en.jpg"));
        Image turned = turned(image);
        Answer answer = pipeline.run(turned)) {
      List<String> texts = new ArrayList<>(texts(answer));
      Collections.reverse(texts);
      assertThat(texts).hasSize(5);
      // The first line is one digit, of which the classifier cannot tell how it stands.
      assertThat(Expected.edits(texts.get(3), lines("ocr/en.jpg").get(3).text)).isLessThan(6);
    }
  }

  /** The page's three folders and the pipeline beside them. */
  private Path pipeline() throws IOException {
    detector(folder.resolve("detection"));
    angle(folder.resolve("angle"));
    recognizer(folder.resolve("recognition"));
    return Files.writeString(folder.resolve("ocr.json"), ModelZoo.block("ocr", "ppocr"));
  }

  private static List<String> texts(Answer answer) {
    return answer.first("lines").items().stream().map(line -> line.get("text").asText()).toList();
  }

  private static void assertLines(List<String> texts) throws IOException {
    List<Line> wanted = lines("ocr/en.jpg");
    assertThat(texts).hasSize(5).hasSameSizeAs(wanted);
    for (int i = 0; i < 5; i++) {
      assertThat(wanted.get(i).confidence).isGreaterThan(0.97);
      assertThat(Expected.edits(texts.get(i), wanted.get(i).text))
          .as(texts.get(i) + " for " + wanted.get(i).text)
          .isLessThanOrEqualTo(2);
    }
  }

  /** A copy that is turned by half, so that every pixel is where the rotation would have it. */
  private static Image turned(Image image) {
    int row = 3 * image.width();
    byte[] pixels = new byte[row * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int from = y * image.planes().get(0).stride() + 3 * x;
        int to = (image.height() - 1 - y) * row + 3 * (image.width() - 1 - x);
        image.plane(0).get(from, pixels, to, 3);
      }
    }
    return Image.copyOf(pixels, PixelFormat.BGR, image.width(), image.height());
  }
}
