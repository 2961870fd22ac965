package dev.avocet.bridge;

import dev.avocet.PoseTracker;
import dev.avocet.TrackedPose;
import dev.avocet.core.Image;
import dev.avocet.track.DetectionMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pose trackers; {@code avocet/pose_tracker.h}. */
final class TrackerKind implements Kind<PoseTracker> {
  /** {@code enum avocet_detection_mode} begins with -1. */
  private static final List<DetectionMode> MODES =
      List.of(DetectionMode.AUTO, DetectionMode.NEVER, DetectionMode.FORCED);

  private static final int FIRST_MODE = -1;

  @Override
  public Class<PoseTracker> handle() {
    return PoseTracker.class;
  }

  @Override
  public PoseTracker create(Source source) {
    return source.open(
        source.has(Layouts.Source.PATH) || source.has(Layouts.Source.POSE_PATH)
            ? PoseTracker.builder(
                source.path(Layouts.Source.PATH, "detector"),
                source.path(Layouts.Source.POSE_PATH, "pose"))
            : PoseTracker.builder(
                source.model(Layouts.Source.PARENT), source.model(Layouts.Source.POSE_PARENT)));
  }

  @Override
  public Result apply(PoseTracker handle, Input input) {
    int count = input.count();
    List<Image> frames = input.images();
    List<List<TrackedPose>> answers =
        handle.trackBatch(states(input, count), frames, modes(input, count));
    return out -> write(out, answers);
  }

  private static List<PoseTracker.State> states(Input input, int count) {
    long at = CMemory.need("states", input.pointer(Layouts.Input.STATES));
    List<PoseTracker.State> states = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long id = CMemory.int64(at + (long) i * Layouts.POINTER);
      states.add(input.handles().get(id, Types.TRACKER_STATE, TrackerVideo.class).state());
    }
    return states;
  }

  private static List<DetectionMode> modes(Input input, int count) {
    long at = input.pointer(Layouts.Input.MODES);
    if (at == 0) {
      return Collections.nCopies(count, DetectionMode.AUTO);
    }
    List<DetectionMode> modes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int mode =
          Arg.range(
              "modes[" + i + "]",
              CMemory.int32(CMemory.need("modes", at) + (long) i * Layouts.INT32),
              FIRST_MODE,
              FIRST_MODE + MODES.size() - 1);
      modes.add(MODES.get(mode - FIRST_MODE));
    }
    return modes;
  }

  private static void write(Out out, List<List<TrackedPose>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<TrackedPose> people : answers) {
      int at = out.items(root, people.size(), Layouts.TrackedPose.BYTES);
      for (TrackedPose person : people) {
        out.int32(at + Layouts.TrackedPose.ID, person.id());
        out.int32(at + Layouts.TrackedPose.KEYPOINT_COUNT, person.pose().keyPoints().size());
        DetectorKind.box(out, at + Layouts.TrackedPose.BOX, person.box());
        DetectorKind.keyPoints(out, at + Layouts.TrackedPose.KEYPOINTS, person.pose().keyPoints());
        at += Layouts.TrackedPose.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }

  @Override
  public void warmup(PoseTracker handle) {
    handle.warmup();
  }

  @Override
  public String stats(PoseTracker handle) {
    return StatsJson.of(handle.stats()).toJson();
  }
}
