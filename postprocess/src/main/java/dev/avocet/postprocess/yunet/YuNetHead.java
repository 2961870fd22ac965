package dev.avocet.postprocess.yunet;

import dev.avocet.core.DataType;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Candidates;
import dev.avocet.postprocess.Grids;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourceBoxes;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The raw outputs of YuNet, a detector of faces with key points (Machine Intelligence Research 20,
 * 2023), as libfacedetection.train exports them.
 *
 * <p>Reads for each stride S {@code cls_S} and {@code obj_S} FLOAT32 [B,N,1], after their sigmoid,
 * {@code bbox_S} FLOAT32 [B,N,4] and {@code kps_S} FLOAT32 [B,N,2*K]; N is the number of cells, row
 * by row, of a grid of {@code ceil(size / stride)}. A score is {@code sqrt(cls * obj)}, both
 * clamped to 0..1. A cell at column {@code g} has its box's centre at {@code (x + g) * S} and width
 * {@code exp(w) * S}, its key points at {@code (x + g) * S}. What scores more than the threshold
 * goes through {@link dev.avocet.postprocess.Nms}; results are of class 0, descend by score, carry
 * K key points that are not clipped to the picture and score as their box does, and are reused by
 * the next call.
 *
 * <p>Parameters: {@code score_thr} (0.6), {@code nms.iou_threshold} (0.3), {@code max_per_img}
 * (300), {@code min_bbox_size} (0) in source pixels, and those of {@link Grids}.
 */
public final class YuNetHead implements Head<Boxes> {
  private final float scoreThreshold;
  private final Grids grids;
  private final Candidates candidates;

  private YuNetHead(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.6f);
    grids = new Grids(params);
    candidates = Candidates.withinClasses(params, 0.3f, 300);
  }

  /** Registers the head as {@code yunet/YuNetHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "yunet";
    }

    @Override
    public String component() {
      return "YuNetHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new YuNetHead(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    float threshold = options.scoreThreshold(scoreThreshold);
    candidates.begin(meta);
    for (int i = 0; i < grids.size(); i++) {
      int cells = grids.cells(i, meta);
      Tensor classes = get(outputs, "cls_" + grids.stride(i), index, cells, 1);
      Tensor objects = get(outputs, "obj_" + grids.stride(i), index, cells, 1);
      Tensor boxes = get(outputs, "bbox_" + grids.stride(i), index, cells, 4);
      Tensor points = get(outputs, "kps_" + grids.stride(i), index, cells, Outputs.ANY);
      FloatBuffer classValues = classes.floats();
      FloatBuffer objectValues = objects.floats();
      for (int cell = 0; cell < cells; cell++) {
        int at = index * cells + cell;
        float score = score(classValues.get(at), objectValues.get(at));
        // Negated, so that a NaN goes on to be found.
        if (!(score <= threshold)) {
          int x = cell % grids.columns(i, meta);
          int y = cell / grids.columns(i, meta);
          addBox(boxes.floats(), 4 * at, x, y, grids.stride(i), score);
          int numbers = (int) points.shape().dim(2);
          addPoints(points.floats(), at * numbers, numbers / 2, x, y, grids.stride(i), score, meta);
        }
      }
    }
    return candidates.suppress();
  }

  private static Tensor get(NetOutputs outputs, String name, int index, int cells, long columns) {
    Tensor tensor = outputs.get(name);
    Outputs.check(name, tensor, DataType.FLOAT32, Outputs.ANY, cells, columns);
    Outputs.checkIndex(name, tensor, index);
    if (columns == Outputs.ANY && tensor.shape().dim(2) % 2 != 0) {
      throw Outputs.unexpected(name, "FLOAT32[B,%d,2*K]".formatted(cells), tensor);
    }
    return tensor;
  }

  private static float score(float classScore, float object) {
    float clamped = Math.min(Math.max(classScore, 0f), 1f) * Math.min(Math.max(object, 0f), 1f);
    return (float) Math.sqrt(clamped);
  }

  private void addBox(FloatBuffer values, int at, int x, int y, int stride, float score) {
    float centreX = (values.get(at) + x) * stride;
    float centreY = (values.get(at + 1) + y) * stride;
    float halfWidth = (float) Math.exp(values.get(at + 2)) * stride / 2;
    float halfHeight = (float) Math.exp(values.get(at + 3)) * stride / 2;
    candidates.add(
        0,
        score,
        centreX - halfWidth,
        centreY - halfHeight,
        centreX + halfWidth,
        centreY + halfHeight);
  }

  private void addPoints(
      FloatBuffer values, int at, int n, int x, int y, int stride, float score, SampleMeta meta) {
    float[] xs = new float[n];
    float[] ys = new float[n];
    for (int i = 0; i < n; i++) {
      xs[i] = SourceBoxes.sourceX(meta, (values.get(at + 2 * i) + x) * stride);
      ys[i] = SourceBoxes.sourceY(meta, (values.get(at + 2 * i + 1) + y) * stride);
      if (Float.isNaN(xs[i]) || Float.isNaN(ys[i])) {
        throw Outputs.nan("a key point of the cell at " + x + "," + y + ", stride=" + stride);
      }
    }
    float[] scores = new float[n];
    Arrays.fill(scores, score);
    candidates.keyPoints(new KeyPoints(xs, ys, scores));
  }
}
