package dev.avocet.pipeline.module;

import dev.avocet.core.RectF;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.pipeline.internal.graph.Sample;

/**
 * Makes a network look at a box of a picture: picture, detection → picture with a box, for networks
 * of poses. The box is rounded to whole pixels as in MMDeploy's {@code demo/csrc/c/det_pose.cpp},
 * which registers a module of this name; no detection is the whole picture, and a box without a
 * pixel gives nothing.
 */
public final class AddBboxField implements PipelineModuleProvider {
  @Override
  public String name() {
    return "AddBboxField";
  }

  @Override
  public PipelineModule create(Params params) {
    return new RegionModule(ValueType.one(Boxes.class), AddBboxField::withBox);
  }

  private static Value withBox(Sample sample, Value region, PipelineModule.Owner owner) {
    RectF box = Geometry.box(region);
    RectF whole =
        new RectF(
            (float) Math.rint(box.x()),
            (float) Math.rint(box.y()),
            (float) Math.rint(box.width()),
            (float) Math.rint(box.height()));
    boolean empty = whole.width() < 1 || whole.height() < 1;
    return empty ? Value.nothing() : sample.withBox(whole).toValue();
  }
}
