package dev.avocet.camera.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.Pose;
import dev.avocet.camera.Application;
import dev.avocet.camera.seen.Found;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.model.Skeleton;
import dev.avocet.core.net.OpenListener;
import dev.avocet.testing.ModelZoo;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What models of all kinds find in a frame, as it is told and drawn. */
@Timeout(120)
class VisionTest {
  @TempDir Path folder;

  private static Path image(String name) {
    return SharedFolder.resolve("assets/images").resolve(name);
  }

  private static List<Found> find(Path model, String image) {
    try (Vision vision = Vision.open("model", model, "cpu", 1, OpenListener.NONE);
        Image picture = Image.read(image(image))) {
      return Vision.await(vision.see(picture)).found();
    }
  }

  @Test
  void shouldFindFacesWithTheirKeyPoints() throws IOException {
    Path yunet = ModelZoo.write(folder.resolve("m"), "yunet", "face/yunet_s_320_320.onnx");
    List<Found> faces = find(yunet, "pexels-fauxels-3184419.jpg");
    assertThat(faces)
        .extracting(Found::label)
        .containsExactly("face", "face", "face", "face", "face");
    assertThat(faces.get(0).score()).isCloseTo(0.905f, within(0.005f));
    Pose points = faces.get(0).pose().orElseThrow();
    assertThat(points.keyPoints()).hasSize(5);
    assertThat(points.skeleton().limbs()).isEmpty();
  }

  @Test
  void shouldFindAPoseWithItsSkeleton() throws IOException {
    Path bodypix =
        ModelZoo.write(
            folder.resolve("m"), "bodypix", "pose/bodypix_MobileNetV1-x050-stride16.onnx");
    List<Found> found = find(bodypix, "mmdeploy_human-pose.jpg");
    assertThat(found).hasSize(1);
    Pose pose = found.get(0).pose().orElseThrow();
    assertThat(found.get(0).label()).isEqualTo("pose");
    assertThat(pose.skeleton()).isEqualTo(Skeleton.COCO_PERSON);
    assertThat(pose.keyPoints().get(0).x()).isCloseTo(86, within(1f));
    assertThat(pose.keyPoints().get(0).y()).isCloseTo(36, within(1f));
  }

  @Test
  void shouldGiveEachLargeClassOfAMapItsPixels() throws IOException {
    Path deeplab =
        ModelZoo.write(folder.resolve("m"), "deeplab", "segmentation/deeplab_v3_1_default_1.onnx");
    List<Found> found = find(deeplab, "horse-cart.jpg");
    assertThat(found).extracting(Found::label).containsExactly("horse", "car", "person");
    assertThat(found.stream().mapToDouble(f -> share(f.mask().orElseThrow())).toArray())
        .containsExactly(new double[] {0.196, 0.033, 0.019}, within(0.01));
    assertThat(found).allMatch(f -> f.box().isEmpty());
  }

  private static double share(Mask mask) {
    int[] runs = mask.runs();
    double inside = IntStream.range(0, runs.length).filter(i -> i % 2 == 1).map(i -> runs[i]).sum();
    return inside / (mask.window().width() * mask.window().height());
  }

  @Test
  void shouldReadTextsWhereTheyStand() throws IOException {
    ModelZoo.write(folder.resolve("detection"), "ppocr-det", "ocr/det/en_PP-OCRv3_det_infer.onnx");
    ModelZoo.write(
        folder.resolve("angle"), "ppocr-angle", "ocr/cls/ch_ppocr_mobile_v2.0_cls_infer.onnx");
    Path reader =
        ModelZoo.write(
            folder.resolve("recognition"),
            "ppocr-rec",
            "ocr/rec/en_number_mobile_v2.0_rec_infer.onnx");
    Files.copy(SharedFolder.resolve("assets/ocr/rec/en_dict.txt"), reader.resolve("en_dict.txt"));
    Path pipeline = Files.writeString(folder.resolve("ocr.json"), ModelZoo.block("ocr", "ppocr"));
    List<Found> lines = find(pipeline, "ocr/en.jpg");
    assertThat(lines).hasSize(5).extracting(Found::label).containsOnly("text");
    assertThat(lines)
        .anySatisfy(
            line -> {
              assertThat(line.text()).contains("of this dataset are specified as follows.");
              assertThat(line.polygon()).hasSize(4);
              assertThat(line.box().orElseThrow().y1()).isCloseTo(101, within(3f));
            });
  }

  @Test
  void shouldNameEachNetworkOfAPipeline() throws IOException {
    for (String name : List.of("yunet", "again/yunet")) {
      ModelZoo.write(folder.resolve(name), "yunet", "face/yunet_s_320_320.onnx");
    }
    Path pipeline =
        Files.writeString(
            folder.resolve("all.json"),
            """
            {"type": "Pipeline", "input": "img", "output": ["a", "b", "c"], "tasks": [
              {"type": "Inference", "input": "img", "output": "a", "params": {"model": "%s"}},
              {"type": "Inference", "input": "img", "output": "b", "params": {"model": "yunet"}},
              {"type": "Inference", "input": "img", "output": "c",
               "params": {"model": "again/yunet"}}]}
            """
                .formatted(Application.parcels()));
    try (Vision vision = Vision.open("all", pipeline, "cpu", 1, OpenListener.NONE)) {
      assertThat(vision.stats()).containsOnlyKeys("all/parcels", "all/yunet", "all/yunet 2");
    }
  }

  @Test
  void shouldNameTheClassOfTheWholePicture() {
    List<Found> found = find(SharedFolder.resolve("assets/sdk-models/squeezenet"), "goldfish.jpg");
    assertThat(found.get(0).label()).isEqualTo("1");
    assertThat(found.get(0).box()).isEmpty();
    assertThat(found.get(0).score()).isGreaterThan(0.9f);
  }
}
