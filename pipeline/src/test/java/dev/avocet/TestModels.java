package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The models and pictures that tests run on. */
final class TestModels {
  static final String LOAD = "{\"type\": \"LoadImageFromFile\"}";
  static final String TAIL =
      "{\"type\": \"DefaultFormatBundle\"}, {\"type\": \"Collect\", \"keys\": [\"img\"]}";

  private TestModels() {}

  /** The repository's own default model. */
  static Path parcels() {
    return root().resolve("models/parcels");
  }

  /** A shipped picture with codes. */
  static Path parcelsPicture() {
    return root().resolve("examples/media/parcel-1.jpg");
  }

  static Path root() {
    return Path.of(System.getProperty("avocet.root"));
  }

  /** Writes a model folder with one network; {@code transforms} and {@code head} are JSON. */
  static Path write(
      Path folder, byte[] onnx, int batch, String input, String transforms, String head)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("end2end.onnx"), onnx);
    Files.writeString(
        folder.resolve("deploy.json"),
        """
        {"version": "1.3.1", "task": "Test", "models": [{"name": "net", "net": "end2end.onnx",
         "weights": "", "backend": "onnxruntime", "precision": "FP32", "batch_size": %d,
         "dynamic_shape": true}], "customs": []}
        """
            .formatted(batch));
    Files.writeString(
        folder.resolve("pipeline.json"),
        """
        {"pipeline": {"input": ["img"], "output": ["post_output"], "tasks": [
          {"type": "Task", "module": "Transform", "name": "Preprocess", "input": ["img"],
           "output": ["prep_output"], "transforms": [%s]},
          {"type": "Task", "module": "Net", "name": "net", "is_batched": true,
           "input": ["prep_output"], "output": ["infer_output"],
           "input_map": {"img": "%s"}, "output_map": {}},
          {"type": "Task", "name": "postprocess", %s, "output": ["post_output"],
           "input": ["prep_output", "infer_output"]}]}}
        """
            .formatted(transforms, input, head));
    return folder;
  }

  /** A restorer that answers its own picture, in RGB. */
  static Path identityRestorer(Path folder) throws IOException {
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, -1, 3, -1, -1)
            .output("output", TinyOnnx.FLOAT, -1, 3, -1, -1)
            .node("Identity", new String[] {"input"}, "output")
            .build();
    String normalize =
        "{\"type\": \"Normalize\", \"mean\": [0, 0, 0], \"std\": [255, 255, 255], \"to_rgb\": true}";
    return write(
        folder,
        onnx,
        4,
        "input",
        LOAD + "," + normalize + "," + TAIL,
        "\"module\": \"mmedit\", \"component\": \"TensorToImg\", \"params\": {}");
  }

  /** A detector that answers these rows of x1 y1 x2 y2 score, whatever it sees. */
  static Path constantDetector(Path folder, float[] rows, long... labels) throws IOException {
    int n = labels.length;
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, 1, 3, -1, -1)
            .keep("input")
            .floats("d", new long[] {1, n, 5}, rows)
            .longs("l", new long[] {1, n}, labels)
            .output("dets", TinyOnnx.FLOAT, 1, n, 5)
            .output("labels", TinyOnnx.INT64, 1, n)
            .node("Identity", new String[] {"d"}, "dets")
            .node("Identity", new String[] {"l"}, "labels")
            .build();
    return write(
        folder,
        onnx,
        1,
        "input",
        LOAD + "," + TAIL,
        "\"module\": \"mmdet\", \"component\": \"ResizeBBox\", \"params\": {\"score_thr\": 0.3}");
  }

  /** The same with a mask of 2 by 2 scores for each box; above 0.5 is the object. */
  static Path maskDetector(Path folder, float[] rows, float[] masks, long... labels)
      throws IOException {
    int n = labels.length;
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, 1, 3, -1, -1)
            .keep("input")
            .floats("d", new long[] {1, n, 5}, rows)
            .longs("l", new long[] {1, n}, labels)
            .floats("m", new long[] {1, n, 2, 2}, masks)
            .output("dets", TinyOnnx.FLOAT, 1, n, 5)
            .output("labels", TinyOnnx.INT64, 1, n)
            .output("masks", TinyOnnx.FLOAT, 1, n, 2, 2)
            .node("Identity", new String[] {"d"}, "dets")
            .node("Identity", new String[] {"l"}, "labels")
            .node("Identity", new String[] {"m"}, "masks")
            .build();
    return write(
        folder,
        onnx,
        1,
        "input",
        LOAD + "," + TAIL,
        "\"module\": \"mmdet\", \"component\": \"ResizeInstanceMask\","
            + " \"params\": {\"score_thr\": 0.3, \"rcnn\": {}}");
  }

  /** A classifier whose class is the channel of a BGR picture with most light; any batch. */
  static Path channelClassifier(Path folder, int batch) throws IOException {
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, -1, 3, -1, -1)
            .output("output", TinyOnnx.FLOAT, -1, 3)
            .node("GlobalAveragePool", new String[] {"input"}, "mean")
            .node("Flatten", new String[] {"mean"}, "output")
            .build();
    String resize = "{\"type\": \"Resize\", \"size\": [8, 8], \"keep_ratio\": false}";
    String normalize =
        "{\"type\": \"Normalize\", \"mean\": [0, 0, 0], \"std\": [255, 255, 255],"
            + " \"to_rgb\": false}";
    return write(
        folder,
        onnx,
        batch,
        "input",
        LOAD + "," + resize + "," + normalize + "," + TAIL,
        "\"module\": \"mmcls\", \"component\": \"LinearClsHead\", \"params\": {\"topk\": 1}");
  }

  /** A picture of upright stripes, each {@code width} across, of light in these channels. */
  static Image stripes(int width, int height, int... channels) {
    byte[] pixels = new byte[width * channels.length * height * 3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width * channels.length; x++) {
        pixels[(y * width * channels.length + x) * 3 + channels[x / width]] = (byte) 200;
      }
    }
    return Image.copyOf(pixels, PixelFormat.BGR, width * channels.length, height);
  }

  /** A picture of noise from a seed. The caller closes it. */
  static Image noise(int width, int height, long seed) {
    byte[] pixels = new byte[width * height * 3];
    new Random(seed).nextBytes(pixels);
    return Image.copyOf(pixels, PixelFormat.BGR, width, height);
  }

  /** Status and message of what a call throws. */
  static dev.avocet.core.AvocetException failure(Runnable call) {
    try {
      call.run();
    } catch (dev.avocet.core.AvocetException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
