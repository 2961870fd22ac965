package dev.avocet.pipeline.module;

import dev.avocet.Box;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.TrackedPose;
import dev.avocet.core.RectF;
import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.core.model.Skeleton;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.track.Roi;
import dev.avocet.track.TrackerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * {@code pose_tracker::TrackStep} of MMDeploy: list of poses, numbers of the tracks that they were
 * looked for, state of the tracker → list of {@code {track_id, bbox: [x1, y1, x2, y2], key_points:
 * [{bbox: [x, y], score}]}}. The state goes one frame on.
 */
public final class TrackStep implements PipelineModule {
  /** Registers the module. */
  public static final class Provider implements PipelineModuleProvider {
    @Override
    public String name() {
      return "pose_tracker::TrackStep";
    }

    @Override
    public PipelineModule create(Params params) {
      return new TrackStep();
    }
  }

  private static final RectF ANYWHERE = new RectF(0, 0, 0, 0);

  private TrackStep() {}

  @Override
  public List<ValueType> inputs() {
    return List.of(
        ValueType.one(KeyPoints.class).listOf(),
        ValueType.one(Integer.class).listOf(),
        ValueType.one(TrackerState.class));
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.one(TrackedPose.class).listOf());
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    List<Pose> poses = inputs.get(0).items().stream().map(TrackStep::pose).toList();
    List<Roi> rois = inputs.get(1).items().stream().map(TrackStep::roi).toList();
    TrackerState state = inputs.get(2).as(TrackerState.class);
    List<TrackedPose> tracked;
    synchronized (state) {
      tracked = state.step(rois, poses);
    }
    return List.of(Value.of(tracked.stream().map(TrackStep::value).toList()));
  }

  private static Pose pose(Value value) {
    List<KeyPoint> points = new ArrayList<>();
    for (Value point : value.get("key_points").items()) {
      float[] at = point.get("bbox").asFloats();
      points.add(new KeyPoint(at[0], at[1], (float) point.get("score").asDouble()));
    }
    return new Pose(points, new Skeleton(List.of(), List.of()));
  }

  /** A step asks which track a pose was looked for, not where. */
  private static Roi roi(Value id) {
    int track = id.asInt();
    return new Roi(ANYWHERE, track < 0 ? OptionalInt.empty() : OptionalInt.of(track));
  }

  private static Value value(TrackedPose one) {
    List<Value> points = new ArrayList<>();
    for (KeyPoint point : one.pose().keyPoints()) {
      points.add(
          Value.object(
              Map.entry("bbox", Value.of(point.x(), point.y())),
              Map.entry("score", Value.of((double) point.score()))));
    }
    Box box = one.box();
    return Value.object(
        Map.entry("track_id", Value.of(one.id())),
        Map.entry("bbox", Value.of(box.x1(), box.y1(), box.x2(), box.y2())),
        Map.entry("key_points", Value.of(points)));
  }
}
