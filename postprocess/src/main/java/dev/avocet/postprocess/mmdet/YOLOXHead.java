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
import dev.avocet.postprocess.BestClass;
import dev.avocet.postprocess.Candidates;
import dev.avocet.postprocess.Grids;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

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
  private final Grids grids;
  private final BestClass best = new BestClass();
  private final Candidates candidates;

  private YOLOXHead(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.3f);
    grids = new Grids(params);
    candidates = Candidates.withinClasses(params, 0.45f, 300);
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
    String name = Outputs.nameOf(outputs, OUTPUT);
    Tensor output = outputs.get(name);
    check(name, output, index, meta);

    candidates.begin(meta);
    FloatBuffer values = output.floats();
    int columns = (int) output.shape().dim(2);
    float threshold = options.scoreThreshold(scoreThreshold);
    int at = index * (int) output.shape().dim(1) * columns;
    for (int i = 0; i < grids.size(); i++) {
      int stride = grids.stride(i);
      int width = grids.columns(i, meta);
      for (int cell = 0; cell < grids.cells(i, meta); cell++, at += columns) {
        // The product with a class score, at most 1, is no larger. NaN goes on to be found there.
        if (!(values.get(at + 4) <= threshold)) {
          decodeCell(values, at, columns, threshold, cell % width, cell / width, stride);
        }
      }
    }
    return candidates.suppress();
  }

  private void check(String name, Tensor output, int index, SampleMeta meta) {
    if (output.type() != DataType.FLOAT32
        || output.shape().rank() != 3
        || output.shape().dim(2) <= BOX) {
      throw Outputs.unexpected(name, "FLOAT32[B,A,5+C]", output);
    }
    Outputs.checkIndex(name, output, index);
    long cells = grids.cells(meta);
    if (cells != output.shape().dim(1)) {
      throw new AvocetException(
          Status.FAIL,
          "output \"%s\": %s make %d cells, found %s; set strides or input_size"
              .formatted(name, grids.describe(meta), cells, output.shape()));
    }
  }

  private void decodeCell(
      FloatBuffer values, int at, int columns, float threshold, int x, int y, int stride) {
    best.find(values, at + BOX, 1, columns - BOX);
    float score = values.get(at + 4) * best.score();
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
          best.label(),
          score,
          centreX - halfWidth,
          centreY - halfHeight,
          centreX + halfWidth,
          centreY + halfHeight);
    }
  }
}
