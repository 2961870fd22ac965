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
import java.util.List;

/**
 * The raw maps of RTMDet (arXiv 2212.07784). Source: MMDeploy 1.3.1, {@code
 * codebase/mmdet/rtmdet_head.cpp}.
 *
 * <p>Reads all outputs, ordered by name: of n strides the first n are class logits FLOAT32
 * [B,C,H,W], the others distances to left, top, right and bottom FLOAT32 [B,4,H,W] in pixels of the
 * network's input. The point of a cell at column {@code g} of stride {@code s} is {@code (offset +
 * g) * s}. What scores the threshold or more, sigmoid of the best logit, is suppressed whatever the
 * classes; results descend by score and are reused by the next call.
 *
 * <p>Parameters: {@code anchor_generator.strides} (needed), {@code anchor_generator.offset} (0),
 * {@code score_thr} (0.02), {@code nms.iou_threshold} (0.45), {@code min_bbox_size} (0) in source
 * pixels. {@code nms_pre}, {@code max_per_img} and deviations as for {@link BaseDenseHead}.
 */
public final class RTMDetSepBNHead implements Head<Boxes> {
  private final float scoreThreshold;
  private final float offset;
  private final float[] strides;
  private final BestClass best = new BestClass();
  private final Candidates candidates;

  private RTMDetSepBNHead(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.02f);
    Params points = params.object("anchor_generator");
    offset = points.floatValue("offset", 0);
    strides = points.floats("strides");
    candidates = Candidates.acrossClasses(params);
  }

  /** Registers the head as {@code mmdet/RTMDetSepBNHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmdet";
    }

    @Override
    public String component() {
      return "RTMDetSepBNHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new RTMDetSepBNHead(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    List<String> names = LevelMaps.names(outputs, 2 * strides.length);
    float threshold = options.scoreThreshold(scoreThreshold);
    candidates.begin(meta);
    for (int level = 0; level < strides.length; level++) {
      Tensor scores = LevelMaps.get(outputs, names.get(level), index);
      String name = names.get(strides.length + level);
      Tensor sides = LevelMaps.get(outputs, name, index);
      long[] dims = scores.shape().toArray();
      Outputs.check(name, sides, DataType.FLOAT32, dims[0], 4, dims[2], dims[3]);
      decodeLevel(scores, sides, index, strides[level], threshold);
    }
    return candidates.suppress();
  }

  private void decodeLevel(Tensor scores, Tensor sides, int index, float stride, float threshold) {
    FloatBuffer logits = scores.floats();
    FloatBuffer distances = sides.floats();
    int classes = (int) scores.shape().dim(1);
    int width = (int) scores.shape().dim(3);
    int cells = (int) scores.shape().dim(2) * width;
    for (int cell = 0; cell < cells; cell++) {
      best.find(logits, index * classes * cells + cell, cells, classes);
      float score = Sigmoid.of(best.score());
      if (!(score < threshold)) {
        int row = cell / width;
        float x = (offset + cell % width) * stride;
        float y = (offset + row) * stride;
        int at = index * 4 * cells + cell;
        candidates.add(
            best.label(),
            score,
            x - distances.get(at),
            y - distances.get(at + cells),
            x + distances.get(at + 2 * cells),
            y + distances.get(at + 3 * cells));
      }
    }
  }
}
