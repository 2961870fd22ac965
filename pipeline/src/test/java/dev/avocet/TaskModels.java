package dev.avocet;

import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A model for each task, made of a few nodes, whose answer a test can work out from the picture.
 * BGR pixels go in as they are, 0 to 255, unless said otherwise; batches are of up to four.
 */
final class TaskModels {
  private static final String TO_UNIT =
      "{\"type\": \"Normalize\", \"mean\": [0, 0, 0], \"std\": [255, 255, 255], \"to_rgb\": false}";
  private static final int BATCH = 4;

  private TaskModels() {}

  private static TinyOnnx pictures() {
    return new TinyOnnx().input("input", TinyOnnx.FLOAT, -1, 3, -1, -1);
  }

  private static String head(String module, String component, String params) {
    return "\"module\": \"%s\", \"component\": \"%s\", \"params\": %s"
        .formatted(module, component, params);
  }

  /** Scores are the means of blue, green and red; names the two highest. */
  static Path classifier(Path folder) throws IOException {
    byte[] onnx =
        pictures()
            .node("GlobalAveragePool", new String[] {"input"}, "mean")
            .node("Flatten", new String[] {"mean"}, "output")
            .output("output", TinyOnnx.FLOAT, -1, 3)
            .build();
    return TestModels.write(
        folder,
        onnx,
        BATCH,
        "input",
        TestModels.LOAD + "," + TestModels.TAIL,
        head("mmcls", "LinearClsHead", "{\"topk\": 2}"));
  }

  /** Scores of a pixel are its blue, green and red. */
  static Path segmentor(Path folder) throws IOException {
    byte[] onnx =
        pictures()
            .node("Identity", new String[] {"input"}, "output")
            .output("output", TinyOnnx.FLOAT, -1, 3, -1, -1)
            .build();
    return TestModels.write(
        folder,
        onnx,
        BATCH,
        "input",
        TestModels.LOAD + "," + TestModels.TAIL,
        head("mmseg", "ResizeMask", "{\"num_classes\": 3, \"with_argmax\": false}"));
  }

  /** The label map {@code 0 1 / 2 3}, stretched over any picture. */
  static Path quarters(Path folder) throws IOException {
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, 1, 3, -1, -1)
            .keep("input")
            .longs("map", new long[] {1, 1, 2, 2}, 0, 1, 2, 3)
            .node("Identity", new String[] {"map"}, "output")
            .output("output", TinyOnnx.INT64, 1, 1, 2, 2)
            .build();
    return TestModels.write(
        folder,
        onnx,
        1,
        "input",
        TestModels.LOAD + "," + TestModels.TAIL,
        head("mmseg", "ResizeMask", "{\"num_classes\": 4}"));
  }

  /** The text probability of a pixel is its blue. */
  static Path textDetector(Path folder) throws IOException {
    byte[] onnx =
        pictures()
            .longs("starts", new long[] {1}, 0)
            .longs("ends", new long[] {1}, 1)
            .longs("axes", new long[] {1}, 1)
            .node("Slice", new String[] {"input", "starts", "ends", "axes"}, "blue")
            .node("Squeeze", new String[] {"blue", "axes"}, "output")
            .output("output", TinyOnnx.FLOAT, -1, -1, -1)
            .build();
    return TestModels.write(
        folder,
        onnx,
        BATCH,
        "input",
        TestModels.LOAD + "," + TO_UNIT + "," + TestModels.TAIL,
        head("mmocr", "DBHead", "{}"));
  }

  /** Reads one letter: {@code b}, {@code g} or {@code r}, the colour that a picture has most of. */
  static Path textRecognizer(Path folder) throws IOException {
    byte[] onnx =
        pictures()
            .longs("shape", new long[] {3}, 0, 1, 3)
            .floats("none", new long[] {1, 1, 1}, 0)
            .longs("pads", new long[] {6}, 0, 0, 0, 0, 0, 1)
            .node("GlobalAveragePool", new String[] {"input"}, "mean")
            .node("Reshape", new String[] {"mean", "shape"}, "letters")
            .node("Pad", new String[] {"letters", "pads"}, "output")
            .output("output", TinyOnnx.FLOAT, -1, 1, 4)
            .build();
    String height = "{\"type\": \"RescaleToHeight\", \"height\": 8, \"min_width\": 8}";
    return TestModels.write(
        folder,
        onnx,
        BATCH,
        "input",
        TestModels.LOAD + "," + height + "," + TO_UNIT + "," + TestModels.TAIL,
        head(
            "mmocr",
            "CTCConvertor",
            "{\"dict_list\": [\"b\", \"g\", \"r\"], \"with_padding\": true}"));
  }

  /** Three key points: where the box is bluest, greenest and reddest. */
  static Path poseDetector(Path folder) throws IOException {
    byte[] onnx =
        pictures()
            .node("Identity", new String[] {"input"}, "output")
            .output("output", TinyOnnx.FLOAT, -1, 3, -1, -1)
            .build();
    String size = "\"image_size\": [24, 32]";
    return TestModels.write(
        folder,
        onnx,
        BATCH,
        "input",
        String.join(
            ",",
            TestModels.LOAD,
            "{\"type\": \"TopDownGetBboxCenterScale\", \"padding\": 1.0, %s}".formatted(size),
            "{\"type\": \"TopDownAffine\", %s}".formatted(size),
            TO_UNIT,
            TestModels.TAIL),
        head("mmpose", "TopdownHeatmapSimpleHeadDecode", "{\"post_process\": \"null\"}"));
  }

  /** Rows of cx cy w h angle score, whatever it sees. */
  static Path rotatedDetector(Path folder, float[] rows, long... labels) throws IOException {
    int n = labels.length;
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, 1, 3, -1, -1)
            .keep("input")
            .floats("d", new long[] {1, n, 6}, rows)
            .longs("l", new long[] {1, n}, labels)
            .output("dets", TinyOnnx.FLOAT, 1, n, 6)
            .output("labels", TinyOnnx.INT64, 1, n)
            .node("Identity", new String[] {"d"}, "dets")
            .node("Identity", new String[] {"l"}, "labels")
            .build();
    return TestModels.write(
        folder,
        onnx,
        1,
        "input",
        TestModels.LOAD + "," + TestModels.TAIL,
        head("mmrotate", "ResizeRBBox", "{\"score_thr\": 0.3}"));
  }

  /** The score of class {@code i} is the brightness of frame {@code i}; names the two highest. */
  static Path videoRecognizer(Path folder) throws IOException {
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, -1, -1, 3, -1, -1)
            .node("GlobalAveragePool", new String[] {"input"}, "mean")
            .node("Flatten", new String[] {"mean"}, "output")
            .output("output", TinyOnnx.FLOAT, -1, -1)
            .build();
    String normalize =
        "{\"type\": \"Normalize\", \"mean\": [0, 0, 0], \"std\": [1, 1, 1], \"to_rgb\": true}";
    return TestModels.write(
        folder,
        onnx,
        BATCH,
        "input",
        String.join(
            ",",
            "{\"type\": \"Lift\", \"transforms\": [%s, %s]}".formatted(TestModels.LOAD, normalize),
            "{\"type\": \"FormatShape\", \"input_format\": \"NCHW\"}",
            "{\"type\": \"Collect\", \"keys\": [\"img\"]}"),
        head("mmaction", "BaseHead", "{\"topk\": 2}"));
  }
}
