package dev.avocet.pipeline.module;

import dev.avocet.core.RectF;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the detections that count: list of detections → list of detections. MMDeploy's {@code
 * demo/csrc/c/det_pose.cpp} registers a module of this name whose two values are the defaults here:
 * label 0 and a score of 0.3.
 */
public final class FilterBbox implements PipelineModule {
  /** Registers the module. */
  public static final class Provider implements PipelineModuleProvider {
    @Override
    public String name() {
      return "FilterBbox";
    }

    @Override
    public PipelineModule create(Params params) {
      int[] labels = params.has("label_ids") ? params.ints("label_ids") : new int[] {0};
      return new FilterBbox(
          labels, params.doubleValue("score_thr", 0.3), params.doubleValue("min_bbox_size", 0));
    }
  }

  private final int[] labels;
  private final double scoreThreshold;
  private final double minSize;

  private FilterBbox(int[] labels, double scoreThreshold, double minSize) {
    this.labels = labels;
    this.scoreThreshold = scoreThreshold;
    this.minSize = minSize;
  }

  @Override
  public List<ValueType> inputs() {
    return List.of(ValueType.result(Boxes.class));
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.result(Boxes.class));
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    if (inputs.get(0).isNull()) {
      return inputs;
    }
    List<Value> kept = new ArrayList<>();
    for (Value detection : inputs.get(0).items()) {
      if (keeps(detection)) {
        kept.add(detection);
      }
    }
    return List.of(Value.of(kept));
  }

  /** An empty list of labels keeps all of them. */
  private boolean keeps(Value detection) {
    int label = detection.get("label_id").asInt();
    RectF box = Geometry.box(detection);
    return (labels.length == 0 || Arrays.stream(labels).anyMatch(wanted -> wanted == label))
        && detection.get("score").asDouble() >= scoreThreshold
        && Math.min(box.width(), box.height()) >= minSize;
  }
}
