package dev.avocet.pipeline.module;

import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.pipeline.internal.graph.Sample;
import java.util.List;

/**
 * Turns patches of text that stand on their head: picture, labels of an angle classifier → picture.
 * PP-OCR's classifier of angles answers class 1 for text that is turned by 180 degrees; below a
 * score of 0.9 nothing is turned, as there. Nothing is copied.
 */
public final class TurnText implements PipelineModule {
  /** Registers the module. */
  public static final class Provider implements PipelineModuleProvider {
    @Override
    public String name() {
      return "TurnText";
    }

    @Override
    public PipelineModule create(Params params) {
      return new TurnText(params.intValue("label_id", 1), params.doubleValue("score_thr", 0.9));
    }
  }

  private final int label;
  private final double scoreThreshold;

  private TurnText(int label, double scoreThreshold) {
    this.label = label;
    this.scoreThreshold = scoreThreshold;
  }

  @Override
  public List<ValueType> inputs() {
    return List.of(ValueType.PICTURE, ValueType.result(Labels.class));
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.PICTURE);
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    Value picture = inputs.get(0);
    if (picture.isNull() || inputs.get(1).isNull() || inputs.get(1).items().isEmpty()) {
      return List.of(picture);
    }
    Value best = inputs.get(1).items().get(0);
    boolean turn =
        best.get("label_id").asInt() == label && best.get("score").asDouble() >= scoreThreshold;
    return List.of(turn ? Sample.of(picture).turned().toValue() : picture);
  }
}
