package dev.avocet.pipeline.module;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.pipeline.internal.graph.Sample;
import dev.avocet.track.Roi;
import dev.avocet.track.TrackerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code pose_tracker::ProcessBboxes} of MMDeploy: list of detections (or nothing, where they were
 * not searched for), picture, state of the tracker → pictures with boxes to look for poses in, and
 * the numbers of the tracks they follow, -1 for none.
 */
public final class TrackRegions implements PipelineModule {
  /** Registers the module. */
  public static final class Provider implements PipelineModuleProvider {
    @Override
    public String name() {
      return "pose_tracker::ProcessBboxes";
    }

    @Override
    public PipelineModule create(Params params) {
      return new TrackRegions();
    }
  }

  private TrackRegions() {}

  @Override
  public List<ValueType> inputs() {
    return List.of(
        ValueType.result(Boxes.class), ValueType.PICTURE, ValueType.one(TrackerState.class));
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.PICTURE.listOf(), ValueType.one(Integer.class).listOf());
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    Optional<List<Detection>> found =
        inputs.get(0).isNull()
            ? Optional.empty()
            : Optional.of(inputs.get(0).items().stream().map(TrackRegions::detection).toList());
    Sample sample = Sample.of(inputs.get(1));
    Rect region = sample.region();
    TrackerState state = inputs.get(2).as(TrackerState.class);
    List<Roi> rois;
    synchronized (state) {
      rois = state.regions(found, region.width(), region.height());
    }
    List<Value> pictures = new ArrayList<>();
    List<Value> ids = new ArrayList<>();
    for (Roi roi : rois) {
      pictures.add(sample.withBox(roi.box()).toValue());
      ids.add(Value.of(roi.trackId().orElse(-1)));
    }
    return List.of(Value.of(pictures), Value.of(ids));
  }

  private static Detection detection(Value value) {
    RectF box = Geometry.box(value);
    return new Detection(
        value.get("label_id").asInt(),
        Optional.empty(),
        (float) value.get("score").asDouble(),
        new Box(box.x(), box.y(), box.x() + box.width(), box.y() + box.height()));
  }
}
