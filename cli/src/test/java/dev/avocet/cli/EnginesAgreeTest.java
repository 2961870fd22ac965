package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.Classifier;
import dev.avocet.ClassifyOptions;
import dev.avocet.Detector;
import dev.avocet.PoseDetector;
import dev.avocet.RecognizedText;
import dev.avocet.Restorer;
import dev.avocet.Segmentation;
import dev.avocet.Segmentor;
import dev.avocet.TextDetector;
import dev.avocet.TextRecognizer;
import dev.avocet.core.Image;
import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.ModelZoo;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ONNX Runtime and OpenVINO in one process on every model of the shared folder: the same labels,
 * scores within 0.01.
 */
@Tag("onnxruntime")
class EnginesAgreeTest {
  /** Networks that are not compared, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "_rejected/bodypix_MobileNetV1-x050-stride8.onnx",
          "ONNX Runtime opens it and fails to run it: dilation and SAME padding");

  @TempDir Path folder;

  /** What a model says of a picture: labels that have to be equal, scores that may be near. */
  private record Answer(List<String> labels, List<Float> scores) {
    Answer() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    Answer with(Object label, float score) {
      labels.add(label.toString());
      scores.add(score);
      return this;
    }
  }

  /** Opens a model on a device and applies it. */
  private interface Task {
    Answer answer(Path model, String device, Image image);
  }

  /**
   * A network and what it is asked.
   *
   * @param page name of the blocks of {@code docs/model-zoo.md}; empty where the model is a folder
   */
  private record Case(String network, String page, String picture, Task task) {
    @Override
    public String toString() {
      return network;
    }
  }

  static List<Case> cases() {
    return List.of(
        new Case(
            "classification/SqueezeNet_fp32_from_fp16.onnx",
            "squeezenet",
            "winml_cat.jpg",
            EnginesAgreeTest::classify),
        new Case(
            "classification/mnist-8/model.onnx",
            "mnist",
            "mnist_28.png",
            EnginesAgreeTest::classify),
        new Case("detection/yolox_nano.onnx", "yolox", "dog.jpg", EnginesAgreeTest::detect),
        new Case("detection/nanodet_m_320.onnx", "nanodet", "dog.jpg", EnginesAgreeTest::detect),
        new Case(
            "face/yunet_s_320_320.onnx",
            "yunet",
            "pexels-fauxels-3184419.jpg",
            EnginesAgreeTest::detect),
        new Case(
            "segmentation/deeplab_v3_1_default_1.onnx",
            "deeplab",
            "winml_dog.jpg",
            EnginesAgreeTest::segment),
        new Case(
            "pose/bodypix_MobileNetV1-x050-stride16.onnx",
            "bodypix",
            "mmdeploy_human-pose.jpg",
            EnginesAgreeTest::pose),
        new Case(
            "super_resolution/super_resolution_10.onnx",
            "super-resolution",
            "kitten_224.png",
            EnginesAgreeTest::restore),
        new Case(
            "ocr/det/en_PP-OCRv3_det_infer.onnx",
            "ppocr-det",
            "ocr/en.jpg",
            EnginesAgreeTest::findText),
        new Case(
            "ocr/cls/ch_ppocr_mobile_v2.0_cls_infer.onnx",
            "ppocr-angle",
            "ocr/text_cls.jpg",
            EnginesAgreeTest::classify),
        new Case(
            "ocr/rec/en_number_mobile_v2.0_rec_infer.onnx",
            "ppocr-rec",
            "ocr/en_rec.jpg",
            EnginesAgreeTest::read),
        folder("squeezenet", "winml_dog.jpg", EnginesAgreeTest::classify),
        folder("yolox_nano", "mmdeploy_det.jpg", EnginesAgreeTest::detect),
        folder("deeplab_v3", "winml_cat.jpg", EnginesAgreeTest::segment),
        folder("ppocr_det", "mmdeploy_text_det.jpg", EnginesAgreeTest::findText),
        folder("crnn_en", "ocr/en_rec.jpg", EnginesAgreeTest::read));
  }

  private static Case folder(String name, String picture, Task task) {
    return new Case("sdk-models/" + name + "/end2end.onnx", "", picture, task);
  }

  @BeforeEach
  void skipWithoutOpenVino() {
    EngineUnderTest.require("openvino");
  }

  @Test
  void shouldLeaveNoModelOut() throws IOException {
    Path assets = SharedFolder.resolve("assets");
    TreeSet<String> known = new TreeSet<>(LEFT_OUT.keySet());
    cases().forEach(one -> known.add(one.network));
    try (Stream<Path> files = Files.walk(assets)) {
      assertThat(files.filter(file -> file.toString().endsWith(".onnx")))
          .map(file -> assets.relativize(file).toString())
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldAnswerAlike(Case one) throws IOException {
    Path assets = SharedFolder.resolve("assets");
    Path model = one.page.isEmpty() ? assets.resolve(one.network).getParent() : written(one);
    try (Image image = Image.read(assets.resolve("images").resolve(one.picture))) {
      Answer wanted = one.task.answer(model, "onnxruntime:cpu", image);
      Answer given = one.task.answer(model, "openvino:CPU", image);
      assertThat(wanted.labels).isNotEmpty();
      assertThat(given.labels).isEqualTo(wanted.labels);
      for (int i = 0; i < wanted.scores.size(); i++) {
        assertThat(given.scores.get(i))
            .as("score %d, of %s", i, wanted.labels.get(i))
            .isCloseTo(wanted.scores.get(i), within(0.01f));
      }
    }
  }

  private Path written(Case one) throws IOException {
    ModelZoo.write(folder, one.page, one.network);
    if (one.page.equals("ppocr-rec")) {
      Path dictionary = SharedFolder.resolve("assets/ocr/rec/en_dict.txt");
      Files.copy(dictionary, folder.resolve("en_dict.txt"));
    }
    return folder;
  }

  private static Answer classify(Path model, String device, Image image) {
    try (Classifier classifier = Classifier.builder(model).device(device).open()) {
      Answer answer = new Answer();
      classifier
          .classify(image, ClassifyOptions.DEFAULT.withTopK(1))
          .forEach(c -> answer.with(c.classId(), c.score()));
      return answer;
    }
  }

  private static Answer detect(Path model, String device, Image image) {
    try (Detector detector = Detector.builder(model).device(device).open()) {
      Answer answer = new Answer();
      detector.detect(image).forEach(d -> answer.with(d.classId(), d.score()));
      return answer;
    }
  }

  /** The share of each class. */
  private static Answer segment(Path model, String device, Image image) {
    try (Segmentor segmentor = Segmentor.builder(model).device(device).open()) {
      Segmentation map = segmentor.segment(image);
      Answer answer = new Answer();
      double[] shares = map.shares();
      for (int id = 0; id < shares.length; id++) {
        answer.with("share of class " + id, (float) shares[id]);
      }
      // Where the classes of a coarse grid of pixels are the same, so is the picture.
      for (int y = 0; y < map.height(); y += 50) {
        for (int x = 0; x < map.width(); x += 50) {
          answer.with(map.label(x, y), 1);
        }
      }
      return answer;
    }
  }

  private static Answer pose(Path model, String device, Image image) {
    try (PoseDetector detector = PoseDetector.builder(model).device(device).open()) {
      Answer answer = new Answer();
      detector
          .detect(image)
          .keyPoints()
          .forEach(p -> answer.with(Math.round(p.x()) + "," + Math.round(p.y()), p.score()));
      return answer;
    }
  }

  /** The brightness of some pixels. */
  private static Answer restore(Path model, String device, Image image) {
    try (Restorer restorer = Restorer.builder(model).device(device).open();
        Image large = restorer.restore(image)) {
      Answer answer = new Answer();
      ByteBuffer pixels = large.plane(0);
      for (int y = 0; y < large.height(); y += 10) {
        int row = y * large.planes().get(0).stride();
        for (int x = 0; x < large.width(); x += 10) {
          answer.with(x + "," + y, (pixels.get(row + x) & 0xff) / 255f);
        }
      }
      return answer;
    }
  }

  private static Answer findText(Path model, String device, Image image) {
    try (TextDetector detector = TextDetector.builder(model).device(device).open()) {
      Answer answer = new Answer();
      detector.detect(image).forEach(region -> answer.with("region", region.score()));
      return answer;
    }
  }

  private static Answer read(Path model, String device, Image image) {
    try (TextRecognizer recognizer = TextRecognizer.builder(model).device(device).open()) {
      Answer answer = new Answer();
      RecognizedText text = recognizer.recognize(image);
      text.scores().forEach(score -> answer.with(text.text(), score));
      return answer;
    }
  }
}
