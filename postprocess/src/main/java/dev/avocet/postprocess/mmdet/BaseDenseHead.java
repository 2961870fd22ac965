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
import dev.avocet.postprocess.BestClass;
import dev.avocet.postprocess.Candidates;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

/**
 * Boxes that the network has decoded but not suppressed. Source: MMDeploy 1.3.1, {@code
 * codebase/mmdet/base_dense_head.cpp}.
 *
 * <p>Reads {@code dets} FLOAT32 [B,N,4] (x1 y1 x2 y2 in pixels of the network's input) and, in
 * spite of its name, the scores {@code labels} FLOAT32 [B,N,C]. What scores the threshold or more
 * with its best class is suppressed whatever the classes; results descend by score and are reused
 * by the next call.
 *
 * <p>Parameters: {@code score_thr} (0.02), {@code nms.iou_threshold} (0.45), {@code min_bbox_size}
 * (0) in source pixels. As in the reference {@code nms_pre} and {@code max_per_img} have no effect.
 * Other than there a suppressed box suppresses no other one (it reads before its memory there), and
 * padding to the left and above is taken off.
 */
public final class BaseDenseHead implements Head<Boxes> {
  private static final String DETS = "dets";
  private static final String LABELS = "labels";

  private final float scoreThreshold;
  private final BestClass best = new BestClass();
  private final Candidates candidates;

  private BaseDenseHead(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.02f);
    candidates = Candidates.acrossClasses(params);
  }

  /** Registers the head as {@code mmdet/BaseDenseHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "BaseDenseHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new BaseDenseHead(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor dets = outputs.get(DETS);
    if (dets.type() != DataType.FLOAT32 || dets.shape().rank() != 3 || dets.shape().dim(2) != 4) {
      throw Outputs.unexpected(DETS, "FLOAT32[B,N,4]", dets);
    }
    Outputs.checkIndex(DETS, dets, index);
    Tensor scores = outputs.get(LABELS);
    if (scores.shape().rank() != 3) {
      throw Outputs.unexpected(LABELS, "FLOAT32[B,N,C]", scores);
    }
    Outputs.check(
        LABELS, scores, DataType.FLOAT32, dets.shape().dim(0), dets.shape().dim(1), Outputs.ANY);

    candidates.begin(meta);
    float threshold = options.scoreThreshold(scoreThreshold);
    FloatBuffer boxes = dets.floats();
    FloatBuffer values = scores.floats();
    int n = (int) dets.shape().dim(1);
    int classes = (int) scores.shape().dim(2);
    for (int i = index * n; i < (index + 1) * n; i++) {
      best.find(values, i * classes, 1, classes);
      // Negated, so that a NaN goes on to be found.
      if (!(best.score() < threshold)) {
        candidates.add(
            best.label(),
            best.score(),
            boxes.get(4 * i),
            boxes.get(4 * i + 1),
            boxes.get(4 * i + 2),
            boxes.get(4 * i + 3));
      }
    }
    return candidates.suppress();
  }
}
