package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.SharedFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TensorRT's answers beside ONNX Runtime's on the processor: networks on noise, and handles on
 * pictures. In the build's execution {@code tensorrt}, which has both engines.
 */
@NeedsGpu
class TensorRtTest {
  private static final Device GPU = Device.parse("tensorrt:cuda:0");
  private static final Device CPU = Device.parse("onnxruntime:cpu");

  /** Of text detectors: longer side 960, extents in steps of 32. */
  private static final String TEXT = "x:1x3x32x32,1x3x736x960,1x3x960x960";

  /** Of readers: 32 down, as wide as the text is. */
  private static final String LINE = "x:1x3x32x32,1x3x32x320,1x3x32x2048";

  private static NetOptions options(String... keysAndValues) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new NetOptions(0, options);
  }

  /** Noise in the network's usual range; the same for both engines. */
  private static void fill(Tensor tensor, float scale) {
    Random random = new Random(7);
    for (int i = 0; i < tensor.shape().elements(); i++) {
      tensor.floats().put(i, scale * random.nextFloat());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classification/SqueezeNet_fp32_from_fp16.onnx|1x3x224x224|255",
        "classification/mnist-8/model.onnx|1x1x28x28|255",
        "detection/yolox_nano.onnx|1x3x416x416|255",
        "detection/nanodet_m_320.onnx|1x3x320x320|2",
        "face/yunet_s_320_320.onnx|1x3x320x320|255",
        "ocr/det/en_PP-OCRv3_det_infer.onnx|1x3x320x640|2",
        "ocr/rec/en_number_mobile_v2.0_rec_infer.onnx|1x3x32x320|1",
        "ocr/cls/ch_ppocr_mobile_v2.0_cls_infer.onnx|1x3x48x192|1",
        "segmentation/deeplab_v3_1_default_1.onnx|1x257x257x3|1",
        "pose/bodypix_MobileNetV1-x050-stride16.onnx|1x257x257x3|1",
        "super_resolution/super_resolution_10.onnx|1x1x224x224|1"
      })
  void shouldAnswerLikeOnnxRuntime(String file, String extents, float scale) {
    Path network = SharedFolder.resolve("assets").resolve(file);
    long[] dims = Stream.of(extents.split("x", -1)).mapToLong(Long::parseLong).toArray();
    try (Net expected = Net.open(network, CPU, NetOptions.DEFAULT);
        Tensor input = Tensor.allocate(expected.inputs().get(0).type(), Shape.of(dims))) {
      TensorInfo info = expected.inputs().get(0);
      fill(input, scale);
      NetOptions options =
          info.shape().isStatic() ? options() : options("profile", info.name() + ":" + extents);
      try (Net net = Net.open(network, GPU, options)) {
        Map<String, Tensor> wanted = expected.run(Map.of(info.name(), input));
        Map<String, Tensor> answers = net.run(Map.of(info.name(), input));
        try {
          assertThat(answers.keySet()).isEqualTo(wanted.keySet());
          wanted.forEach((name, tensor) -> assertClose(name, answers.get(name), tensor));
        } finally {
          wanted.values().forEach(Tensor::close);
          answers.values().forEach(Tensor::close);
        }
      }
    }
  }

  /** Within 1e-3, of numbers above 1 within 1e-3 of the number. */
  private static void assertClose(String name, Tensor answer, Tensor wanted) {
    assertThat(answer.shape()).as(name).isEqualTo(wanted.shape());
    for (int i = 0; i < wanted.shape().elements(); i++) {
      float value = wanted.floats().get(i);
      float difference = Math.abs(answer.floats().get(i) - value);
      if (!(difference <= 1e-3 * Math.max(1, Math.abs(value)))) {
        throw new AssertionError(
            "%s[%d]: %s instead of %s".formatted(name, i, answer.floats().get(i), value));
      }
    }
  }

  /** A handle on each engine: the plain one, and one on the GPU as the options say. */
  private static <H> HandleBuilder<H> onGpu(
      HandleBuilder<H> builder, String precision, String profile) {
    builder.device(GPU).engineOption("precision", precision);
    return profile.isEmpty() ? builder : builder.engineOption("profile", profile);
  }

  private static boolean near(Detection a, Detection b) {
    return a.classId() == b.classId()
        && Math.abs(a.score() - b.score()) <= 0.02
        && Math.abs(a.box().x1() - b.box().x1()) <= 1
        && Math.abs(a.box().y1() - b.box().y1()) <= 1
        && Math.abs(a.box().x2() - b.box().x2()) <= 1
        && Math.abs(a.box().y2() - b.box().y2()) <= 1;
  }

  @ParameterizedTest
  @CsvSource({"fp32,FUSED", "fp32,ENGINE", "fp16,FUSED", "fp16,ENGINE"})
  void shouldFindTheSameObjects(String precision, PlanMode mode) {
    Path shared = SharedFolder.resolve("assets");
    Path pictures = shared.resolve("images");
    assertSameObjects(
        shared.resolve("sdk-models/yolox_nano"),
        Stream.of("dog.jpg", "mmdeploy_det.jpg", "horse-cart.jpg").map(pictures::resolve).toList(),
        precision,
        mode);
  }

  @ParameterizedTest
  @CsvSource({"fp32,FUSED", "fp32,ENGINE", "fp16,FUSED", "fp16,ENGINE"})
  void shouldFindTheSameCodes(String precision, PlanMode mode) {
    assertSameObjects(TestModels.parcels(), List.of(TestModels.parcelsPicture()), precision, mode);
  }

  private static void assertSameObjects(
      Path model, List<Path> pictures, String precision, PlanMode mode) {
    try (Detector cpu = Detector.builder(model).device(CPU).open();
        Detector gpu = onGpu(Detector.builder(model), precision, "").planMode(mode).open()) {
      for (Path picture : pictures) {
        try (Image image = Image.read(picture)) {
          List<Detection> wanted = cpu.detect(image);
          List<Detection> found = gpu.detect(image);
          assertThat(found).as(picture.toString()).hasSameSizeAs(wanted);
          assertThat(wanted)
              .as(picture.toString())
              .allSatisfy(one -> assertThat(found).anyMatch(other -> near(one, other)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "fp16"})
  void shouldNameTheSameClasses(String precision) {
    Path shared = SharedFolder.resolve("assets");
    Path model = shared.resolve("sdk-models/squeezenet");
    try (Classifier cpu = Classifier.builder(model).device(CPU).open();
        Classifier gpu = onGpu(Classifier.builder(model), precision, "").open()) {
      for (String name : List.of("goldfish.jpg", "kitten_224.png", "winml_hummingbird.jpg")) {
        try (Image image = Image.read(shared.resolve("images").resolve(name))) {
          assertThat(gpu.classify(image).get(0).classId())
              .as(name)
              .isEqualTo(cpu.classify(image).get(0).classId());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "fp16"})
  void shouldColourTheSamePixels(String precision) {
    Path shared = SharedFolder.resolve("assets");
    Path model = shared.resolve("sdk-models/deeplab_v3");
    try (Segmentor cpu = Segmentor.builder(model).device(CPU).open();
        Segmentor gpu = onGpu(Segmentor.builder(model), precision, "").open();
        Image image = Image.read(shared.resolve("images/winml_cat.jpg"))) {
      Segmentation wanted = cpu.segment(image);
      Segmentation found = gpu.segment(image);
      long other = 0;
      for (int y = 0; y < wanted.height(); y++) {
        for (int x = 0; x < wanted.width(); x++) {
          other += wanted.label(x, y) == found.label(x, y) ? 0 : 1;
        }
      }
      // Pixels on the edge of an object, where two classes are as likely.
      assertThat(other).isLessThanOrEqualTo((long) wanted.width() * wanted.height() / 200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp32", "fp16"})
  void shouldFindAndReadTheSameText(String precision) {
    Path shared = SharedFolder.resolve("assets");
    Path finder = shared.resolve("sdk-models/ppocr_det");
    Path reader = shared.resolve("sdk-models/crnn_en");
    try (TextDetector cpu = TextDetector.builder(finder).device(CPU).open();
        TextDetector gpu = onGpu(TextDetector.builder(finder), precision, TEXT).open();
        Image page = Image.read(shared.resolve("images/ocr/en.jpg"))) {
      assertThat(gpu.detect(page)).hasSameSizeAs(cpu.detect(page));
    }
    try (TextRecognizer cpu = TextRecognizer.builder(reader).device(CPU).open();
        TextRecognizer gpu = onGpu(TextRecognizer.builder(reader), precision, LINE).open();
        Image line = Image.read(shared.resolve("images/ocr/en_rec.jpg"))) {
      assertThat(gpu.recognize(line).text()).isEqualTo(cpu.recognize(line).text());
    }
  }
}
