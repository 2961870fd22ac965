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

/**
 * Looks at the part of a picture that a box shows, without a copy: picture, detection → picture.
 * The box is rounded to whole pixels and clipped as in {@code CropBox} of MMDeploy ({@code
 * csrc/mmdeploy/codebase/mmcls/linear_cls.cpp}), and so is no box the whole picture; there, a box
 * that shows nothing of the picture ends the process, here it gives nothing.
 */
public final class CropBox implements PipelineModuleProvider {
  @Override
  public String name() {
    return "CropBox";
  }

  @Override
  public PipelineModule create(Params params) {
    return new RegionModule(ValueType.one(Boxes.class), CropBox::crop);
  }

  private static Value crop(Sample sample, Value region, PipelineModule.Owner owner) {
    Rect whole = sample.region();
    return Warp.cropBox(Geometry.box(region), whole.width(), whole.height())
        .map(part -> sample.part(part).toValue())
        .orElseGet(Value::nothing);
  }
}
