package dev.avocet.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.testing.ModelZoo;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The models and pictures of {@link Expected}. */
final class ExpectedFiles {
  static final List<String> VIDEO_FRAMES =
      List.of("video-0.png", "video-1.png", "video-2.png", "video-3.png");
  static final List<String> PEOPLE_FRAMES =
      List.of("frame-0.png", "frame-1.png", "frame-2.png", "frame-3.png", "frame-4.png");

  private static final Path ROOT = Path.of(System.getProperty("avocet.root"));

  /** Columns by which each frame of the video is rolled on. */
  private static final int ROLL = 7;

  private final Path models;
  private final Path pictures;

  ExpectedFiles(Path folder) throws IOException {
    models = Files.createDirectories(folder.resolve("models"));
    pictures = Files.createDirectories(folder.resolve("pictures"));
  }

  /** What this repository has. */
  void ofRepository() throws IOException {
    copyModel(ROOT.resolve("models/parcels"), "parcels");
    for (int i = 1; i <= 3; i++) {
      picture(ROOT.resolve("examples/media/parcel-" + i + ".jpg"), "parcel-" + i + ".png");
    }
    Files.writeString(
        models.resolve("codes.json"),
        """
        {"type": "Pipeline", "input": "img", "output": ["codes", "pictures"], "tasks": [
          {"type": "Inference", "input": "img", "output": "codes", "params": {"model": "parcels"}},
          {"type": "Task", "module": "CropBox", "input": ["pic=+img", "box=*codes"],
           "output": "*pictures"}]}
        """);
  }

  /** What the shared folder has. */
  void ofShared() throws IOException {
    Path assets = SharedFolder.resolve("assets");
    for (String name : List.of("yolox_nano", "squeezenet", "deeplab_v3", "ppocr_det", "crnn_en")) {
      copyModel(assets.resolve("sdk-models").resolve(name), name);
    }
    zoo("yunet", "face/yunet_s_320_320.onnx");
    zoo("super-resolution", "super_resolution/super_resolution_10.onnx");
    zoo("bodypix", "pose/bodypix_MobileNetV1-x050-stride16.onnx");
    Path images = assets.resolve("images");
    picture(images.resolve("dog.jpg"), "dog.png");
    picture(images.resolve("kitten_224.png"), "kitten.png");
    picture(images.resolve("mmdeploy_human-pose.jpg"), "people.png");
    picture(images.resolve("ocr/en.jpg"), "text.png");
    picture(images.resolve("mmdeploy_text_recog.jpg"), "line.png");
    for (String name :
        List.of(
            "det-mask-full",
            "det-mask-rcnn",
            "cls-multilabel",
            "seg-argmax",
            "seg-score",
            "rotated",
            "pose-heatmap-default",
            "video-centercrop-nchw")) {
      conformance(name, images);
    }
    video();
    people();
  }

  private void zoo(String name, String network) throws IOException {
    if (!Files.exists(models.resolve(name))) {
      ModelZoo.write(models.resolve(name), name, network);
    }
  }

  private void copyModel(Path from, String name) throws IOException {
    copyFiles(from, Files.createDirectories(models.resolve(name)));
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Files.copy(
            file, to.resolve(file.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void picture(Path from, String name) {
    try (Image image = Image.read(from)) {
      write(image, name);
    }
  }

  private void write(Image image, String name) {
    ImageCodec.installed().write(image, pictures.resolve(name));
  }

  /** A case's model, and the part of a picture that it looks at. */
  private void conformance(String name, Path images) throws IOException {
    Path folder = SharedFolder.resolve("conformance/cases/" + name);
    copyModel(folder.resolve("model"), name);
    JsonNode image =
        new ObjectMapper().readTree(folder.resolve("case.json").toFile()).path("image");
    JsonNode crop = image.path("crop");
    try (Image whole = Image.read(images.resolve(image.path("file").asText()))) {
      Rect part =
          crop.isEmpty()
              ? new Rect(0, 0, whole.width(), whole.height())
              : new Rect(
                  crop.get(0).asInt(),
                  crop.get(1).asInt(),
                  crop.get(2).asInt(),
                  crop.get(3).asInt());
      write(whole.region(part), name + ".png");
    }
  }

  /** Frames that show one picture, rolled from left to right. */
  private void video() {
    try (Image still = Image.read(pictures.resolve("video-centercrop-nchw.png"))) {
      int row = still.width() * 3;
      for (int i = 0; i < VIDEO_FRAMES.size(); i++) {
        byte[] rolled = new byte[row * still.height()];
        for (int y = 0; y < still.height(); y++) {
          ByteBuffer from = still.plane(0).position(y * still.planes().get(0).stride());
          int shift = 3 * ROLL * i;
          from.get(rolled, y * row + shift, row - shift).get(rolled, y * row, shift);
        }
        try (Image frame = Image.copyOf(rolled, PixelFormat.BGR, still.width(), still.height())) {
          write(frame, VIDEO_FRAMES.get(i));
        }
      }
    }
  }

  private void people() throws IOException {
    Path folder = SharedFolder.resolve("conformance/cases/tracker-people");
    copyModel(folder.resolve("detector"), "people-detector");
    copyModel(folder.resolve("model"), "people-pose");
    for (int i = 0; i < PEOPLE_FRAMES.size(); i++) {
      picture(folder.resolve("frames/0" + i + ".png"), PEOPLE_FRAMES.get(i));
    }
  }
}
