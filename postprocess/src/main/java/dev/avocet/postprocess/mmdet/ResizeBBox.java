package dev.avocet.postprocess.mmdet;

import dev.avocet.core.DataType;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Integers;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourceBoxes;
import java.nio.FloatBuffer;

/**
 * Detections that the network has decoded and suppressed itself; only a threshold and the way back
 * to source pixels are left. Source: MMDeploy 1.3.1, {@code codebase/mmdet/object_detection.cpp}.
 *
 * <p>Reads {@code dets} FLOAT32 [B,N,4|5] (x1 y1 x2 y2 and, with 5, a score, in pixels of the
 * network's input) with {@code labels} [B,N] FLOAT32, INT32 or INT64; or else {@code
 * detection_output} FLOAT32 [B,N,6] (label + 1, score, and x1 y1 x2 y2 as parts of the network's
 * picture without padding). Keeps what scores more than the threshold, in the network's order;
 * where there is no score everything is kept with score 0. The result is reused by the next call.
 *
 * <p>Parameters: {@code conf_thr} or else {@code score_thr} (0), {@code min_bbox_size} (0) in
 * source pixels.
 */
public final class ResizeBBox implements Head<Boxes> {
  static final String DETS = "dets";
  private static final String LABELS = "labels";
  private static final String DETECTION_OUTPUT = "detection_output";

  private final float scoreThreshold;
  private final SourceBoxes found;

  ResizeBBox(Params params) {
    String threshold = params.has("conf_thr") ? "conf_thr" : "score_thr";
    this.scoreThreshold = params.floatValue(threshold, 0);
    this.found = new SourceBoxes(params.floatValue("min_bbox_size", 0));
  }

  /** Registers the head as {@code mmdet/ResizeBBox}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "ResizeBBox";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new ResizeBBox(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    if (outputs.has(DETS) || !outputs.has(DETECTION_OUTPUT)) {
      return decodeDets(outputs, index, meta, options);
    }
    found.begin(meta);
    float threshold = options.scoreThreshold(scoreThreshold);
    decodeDetectionOutput(outputs.get(DETECTION_OUTPUT), index, meta, threshold);
    return found.boxes();
  }

  /** What {@code dets} and {@code labels} hold, as {@link #decode}. */
  Boxes decodeDets(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor dets = outputs.get(DETS);
    Tensor labels = outputs.get(LABELS);
    float threshold = options.scoreThreshold(scoreThreshold);
    found.begin(meta);
    if (dets.type() != DataType.FLOAT32
        || dets.shape().rank() != 3
        || (dets.shape().dim(2) != 4 && dets.shape().dim(2) != 5)) {
      throw Outputs.unexpected(DETS, "FLOAT32[B,N,4] or FLOAT32[B,N,5]", dets);
    }
    Outputs.checkIndex(DETS, dets, index);
    int n = (int) dets.shape().dim(1);
    int columns = (int) dets.shape().dim(2);
    if (labels.shape().rank() != 2
        || labels.shape().dim(0) != dets.shape().dim(0)
        || labels.shape().dim(1) != n) {
      throw Outputs.unexpected(LABELS, "[%d,%d]".formatted(dets.shape().dim(0), n), labels);
    }
    Integers classes = Integers.of(LABELS, labels);
    FloatBuffer values = dets.floats();
    for (int i = index * n; i < (index + 1) * n; i++) {
      int at = i * columns;
      float score = columns == 5 ? values.get(at + 4) : 0;
      if (columns == 4 || isAbove(score, threshold, DETS)) {
        found.add(
            i - index * n,
            classes.get(i),
            score,
            values.get(at),
            values.get(at + 1),
            values.get(at + 2),
            values.get(at + 3));
      }
    }
    return found.boxes();
  }

  private void decodeDetectionOutput(Tensor output, int index, SampleMeta meta, float threshold) {
    if (output.type() != DataType.FLOAT32
        || output.shape().rank() != 3
        || output.shape().dim(2) != 6) {
      throw Outputs.unexpected(DETECTION_OUTPUT, "FLOAT32[B,N,6]", output);
    }
    Outputs.checkIndex(DETECTION_OUTPUT, output, index);
    int n = (int) output.shape().dim(1);
    FloatBuffer values = output.floats();
    for (int i = index * n; i < (index + 1) * n; i++) {
      int at = 6 * i;
      float score = values.get(at + 1);
      if (isAbove(score, threshold, DETECTION_OUTPUT)) {
        found.add(
            i - index * n,
            (int) values.get(at) - 1,
            score,
            values.get(at + 2) * meta.width(),
            values.get(at + 3) * meta.height(),
            values.get(at + 4) * meta.width(),
            values.get(at + 5) * meta.height());
      }
    }
  }

  private static boolean isAbove(float score, float threshold, String name) {
    if (Float.isNaN(score)) {
      throw Outputs.nan("a score in \"" + name + "\"");
    }
    return score > threshold;
  }
}
