package dev.avocet.pipeline.module;

import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.pipeline.internal.graph.Sample;
import dev.avocet.preprocess.Warp;
import java.util.List;

/**
 * Looks at the part of a picture that a box shows, without a copy: picture, detection → picture.
 * The box is rounded to whole pixels and clipped as in {@code CropBox} of MMDeploy ({@code
 * csrc/mmdeploy/codebase/mmcls/linear_cls.cpp}), and so is no box the whole picture; there, a box
 * that shows nothing of the picture ends the process, here it gives nothing.
 */
public final class CropBox implements PipelineModule {
  /** Registers the module. */
  public static final class Provider implements PipelineModuleProvider {
    @Override
    public String name() {
      return "CropBox";
    }

    @Override
    public PipelineModule create(Params params) {
      return new CropBox();
    }
  }

  private CropBox() {}

  @Override
  public List<ValueType> inputs() {
    return List.of(ValueType.PICTURE, ValueType.one(Boxes.class));
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.PICTURE);
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    if (inputs.get(0).isNull()) {
      return List.of(Value.nothing());
    }
    Sample sample = Sample.of(inputs.get(0));
    if (!inputs.get(1).has("bbox")) {
      return List.of(sample.toValue());
    }
    Rect region = sample.region();
    return List.of(
        Warp.cropBox(Geometry.box(inputs.get(1)), region.width(), region.height())
            .map(part -> sample.part(part).toValue())
            .orElse(Value.nothing()));
  }
}
