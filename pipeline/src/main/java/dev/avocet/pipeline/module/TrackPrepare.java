package dev.avocet.pipeline.module;

import dev.avocet.core.Value;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Params;
import dev.avocet.track.DetectionMode;
import dev.avocet.track.TrackerState;
import java.util.List;

/**
 * {@code pose_tracker::Prepare} of MMDeploy: picture, force, state of the tracker → whether people
 * are searched for in this frame. Force is -1 (when their time has come), 0 (no) or else (yes), or
 * true or false. The state is an opaque {@link TrackerState}; the caller gives the frames of one
 * video one after another.
 */
public final class TrackPrepare implements PipelineModule {
  /** Registers the module. */
  public static final class Provider implements PipelineModuleProvider {
    @Override
    public String name() {
      return "pose_tracker::Prepare";
    }

    @Override
    public PipelineModule create(Params params) {
      return new TrackPrepare();
    }
  }

  private TrackPrepare() {}

  @Override
  public List<ValueType> inputs() {
    return List.of(ValueType.PICTURE, ValueType.ANY, ValueType.one(TrackerState.class));
  }

  @Override
  public List<ValueType> outputs(List<ValueType> inputs) {
    return List.of(ValueType.one(Boolean.class));
  }

  @Override
  public List<Value> apply(List<Value> inputs, Owner owner) {
    TrackerState state = inputs.get(2).as(TrackerState.class);
    synchronized (state) {
      return List.of(Value.of(state.wantsDetection(mode(inputs.get(1)))));
    }
  }

  private static DetectionMode mode(Value force) {
    int mode = force instanceof Value.Flag flag ? flag.value() ? 1 : 0 : force.asInt();
    return switch (mode) {
      case -1 -> DetectionMode.AUTO;
      case 0 -> DetectionMode.NEVER;
      default -> DetectionMode.FORCED;
    };
  }
}
