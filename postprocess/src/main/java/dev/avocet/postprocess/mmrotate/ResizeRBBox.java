package dev.avocet.postprocess.mmrotate;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.postprocess.RotatedBoxes;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Integers;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourceBoxes;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Rotated detections that the network has decoded and suppressed itself. Source: MMDeploy 1.3.1,
 * {@code codebase/mmrotate/oriented_object_detection.cpp}.
 *
 * <p>Reads {@code dets} FLOAT32 [B,N,6] (centre x, centre y, width, height in pixels of the
 * network's input, angle in radians, score) with {@code labels} [B,N] FLOAT32, INT32 or INT64.
 * Keeps what scores more than the threshold, in the network's order. Centre and width are divided
 * by the scale across, centre and height by the scale down, and the angle stays, which is exact
 * where both scales are the same; nothing is clipped.
 *
 * <p>Parameter: {@code score_thr} (0.05; in the reference undefined where there are no parameters).
 * Other than there padding to the left and above is taken off.
 */
public final class ResizeRBBox implements Head<RotatedBoxes> {
  private static final String DETS = "dets";
  private static final String LABELS = "labels";
  private static final int COLUMNS = 6;

  private final float scoreThreshold;

  private ResizeRBBox(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.05f);
  }

  /** Registers the head as {@code mmrotate/ResizeRBBox}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmrotate";
    }

    @Override
    public String component() {
      return "ResizeRBBox";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new ResizeRBBox(params);
    }
  }

  @Override
  public Class<RotatedBoxes> resultType() {
    return RotatedBoxes.class;
  }

  @Override
  public RotatedBoxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor dets = outputs.get(DETS);
    if (dets.type() != DataType.FLOAT32
        || dets.shape().rank() != 3
        || dets.shape().dim(2) != COLUMNS) {
      throw Outputs.unexpected(DETS, "FLOAT32[B,N,6]", dets);
    }
    Outputs.checkIndex(DETS, dets, index);
    int n = (int) dets.shape().dim(1);
    Tensor labels = outputs.get(LABELS);
    if (!labels.shape().equals(Shape.of(dets.shape().dim(0), n))) {
      throw Outputs.unexpected(LABELS, "[%d,%d]".formatted(dets.shape().dim(0), n), labels);
    }
    Integers classes = Integers.of(LABELS, labels);
    FloatBuffer values = dets.floats();
    float threshold = options.scoreThreshold(scoreThreshold);
    int[] ids = new int[n];
    float[] scores = new float[n];
    float[] boxes = new float[5 * n];
    int kept = 0;
    for (int i = index * n; i < (index + 1) * n; i++) {
      float score = values.get(COLUMNS * i + 5);
      if (!(score <= threshold)) {
        if (Float.isNaN(score)) {
          throw Outputs.nan("the score of rotated box " + i);
        }
        ids[kept] = classes.get(i);
        scores[kept] = score;
        map(values, COLUMNS * i, meta, boxes, 5 * kept);
        kept++;
      }
    }
    return new RotatedBoxes(
        Arrays.copyOf(ids, kept), Arrays.copyOf(scores, kept), Arrays.copyOf(boxes, 5 * kept));
  }

  private static void map(FloatBuffer values, int from, SampleMeta meta, float[] boxes, int to) {
    boxes[to] = SourceBoxes.sourceX(meta, values.get(from));
    boxes[to + 1] = SourceBoxes.sourceY(meta, values.get(from + 1));
    boxes[to + 2] = values.get(from + 2) / meta.scaleX();
    boxes[to + 3] = values.get(from + 3) / meta.scaleY();
    boxes[to + 4] = values.get(from + 4);
    for (int i = to; i < to + 5; i++) {
      if (Float.isNaN(boxes[i])) {
        throw Outputs.nan("rotated box " + from / COLUMNS);
      }
    }
  }
}
