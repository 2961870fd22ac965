package dev.avocet.postprocess.mmdet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Nms;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourceBoxes;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The raw output of YOLOX (arXiv 2107.08430), as the authors' own exporter leaves it with {@code
 * decode_in_inference=False}.
 *
 * <p>Reads {@code output}, or the only output there is: FLOAT32 [B,A,5+C] with centre x, centre y,
 * log width, log height, objectness and C class scores, the scores after their sigmoid. A is the
 * number of grid cells over all strides: level by level, row by row. A cell at column {@code g} of
 * stride {@code s} has centre {@code (v + g) * s} and size {@code exp(v) * s}; its score is
 * objectness times the best class. What scores more than the threshold goes through {@link Nms},
 * class by class, and back to source pixels; results descend by score and are reused by the next
 * call.
 *
 * <p>Parameters: {@code score_thr} (0.3), {@code nms.iou_threshold} (0.45), {@code strides}
 * ([8,16,32], in the output's order), {@code max_per_img} (300, counted before {@code
 * min_bbox_size}), {@code min_bbox_size} (0) in source pixels, {@code input_size} ([width, height]
 * of the network's input; what preprocessing made where absent).
 */
public final class YOLOXHead implements Head<Boxes> {
  private static final String OUTPUT = "output";

  /** Values of a cell before its class scores. */
  private static final int BOX = 5;

  private final float scoreThreshold;
  private final float iouThreshold;
  private final int[] strides;
  private final int maxPerImage;
  private final int[] inputSize;
  private final Boxes candidates = new Boxes();
  private final Nms nms = new Nms();
  private final SourceBoxes found;

  private YOLOXHead(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.3f);
    iouThreshold = params.objectOrEmpty("nms").floatValue("iou_threshold", 0.45f);
    strides = params.has("strides") ? params.ints("strides") : new int[] {8, 16, 32};
    maxPerImage = params.intValue("max_per_img", 300);
    inputSize = params.has("input_size") ? params.ints("input_size") : new int[0];
    found = new SourceBoxes(params.floatValue("min_bbox_size", 0));
    if (strides.length == 0 || Arrays.stream(strides).anyMatch(s -> s < 1)) {
      throw params.error("strides", "strides of 1 or more");
    }
    if (maxPerImage < 1) {
      throw params.error("max_per_img", "1 or more");
    }
    if (params.has("input_size")
        && (inputSize.length != 2 || inputSize[0] < 1 || inputSize[1] < 1)) {
      throw params.error("input_size", "[width, height] of 1 or more");
    }
  }

  /** Registers the head as {@code mmdet/YOLOXHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "YOLOXHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new YOLOXHead(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    boolean only = outputs.names().size() == 1;
    Tensor output = only ? outputs.get(0) : outputs.get(OUTPUT);
    String name = only ? outputs.names().get(0) : OUTPUT;
    int width = inputSize.length == 0 ? meta.networkWidth() : inputSize[0];
    int height = inputSize.length == 0 ? meta.networkHeight() : inputSize[1];
    check(name, output, index, width, height);

    candidates.clear();
    FloatBuffer values = output.floats();
    int columns = (int) output.shape().dim(2);
    float threshold = options.scoreThreshold(scoreThreshold);
    int at = index * (int) output.shape().dim(1) * columns;
    for (int stride : strides) {
      for (int y = 0; y < height / stride; y++) {
        for (int x = 0; x < width / stride; x++, at += columns) {
          // The product with a class score, at most 1, is no larger. NaN goes on to be found there.
          if (!(values.get(at + 4) <= threshold)) {
            decodeCell(values, at, columns, threshold, x, y, stride);
          }
        }
      }
    }

    found.begin(meta);
    int n = nms.run(candidates, iouThreshold, maxPerImage);
    for (int i = 0; i < n; i++) {
      int k = nms.kept(i);
      found.add(
          candidates.label(k),
          candidates.score(k),
          candidates.x1(k),
          candidates.y1(k),
          candidates.x2(k),
          candidates.y2(k));
    }
    return found.boxes();
  }

  private void check(String name, Tensor output, int index, int width, int height) {
    if (output.type() != DataType.FLOAT32
        || output.shape().rank() != 3
        || output.shape().dim(2) <= BOX) {
      throw Outputs.unexpected(name, "FLOAT32[B,A,5+C]", output);
    }
    Outputs.checkIndex(name, output, index);
    long cells = 0;
    for (int stride : strides) {
      cells += (long) (width / stride) * (height / stride);
    }
    if (cells != output.shape().dim(1)) {
      throw new AvocetException(
          Status.FAIL,
          "output \"%s\": strides=%s on an input of %dx%d make %d cells, found %s; set strides or input_size"
              .formatted(name, Arrays.toString(strides), width, height, cells, output.shape()));
    }
  }

  private void decodeCell(
      FloatBuffer values, int at, int columns, float threshold, int x, int y, int stride) {
    int label = 0;
    float best = Float.NEGATIVE_INFINITY;
    for (int c = BOX; c < columns; c++) {
      float v = values.get(at + c);
      // Negated, so that a NaN is taken up instead of passed over, and stays.
      if (!(v <= best)) {
        best = v;
        label = c - BOX;
        if (Float.isNaN(v)) {
          break;
        }
      }
    }
    float score = values.get(at + 4) * best;
    if (Float.isNaN(score)) {
      throw Outputs.nan("the score of the cell at " + x + "," + y + ", stride=" + stride);
    }
    if (score > threshold) {
      float centreX = (values.get(at) + x) * stride;
      float centreY = (values.get(at + 1) + y) * stride;
      float halfWidth = (float) Math.exp(values.get(at + 2)) * stride / 2;
      float halfHeight = (float) Math.exp(values.get(at + 3)) * stride / 2;
      if (Float.isNaN(centreX + halfWidth) || Float.isNaN(centreY + halfHeight)) {
        throw Outputs.nan("the box of the cell at " + x + "," + y + ", stride=" + stride);
      }
      candidates.add(
          label,
          score,
          centreX - halfWidth,
          centreY - halfHeight,
          centreX + halfWidth,
          centreY + halfHeight);
    }
  }
}
