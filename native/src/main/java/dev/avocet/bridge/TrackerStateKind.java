package dev.avocet.bridge;

import dev.avocet.PoseTracker;
import dev.avocet.core.AvocetException;
import dev.avocet.track.TrackerParams;

/** What is known of one video; {@code avocet/pose_tracker.h}. */
final class TrackerStateKind implements Kind<TrackerVideo> {
  private static final int MAX_SIGMAS = 1 << 12;

  @Override
  public Class<TrackerVideo> handle() {
    return TrackerVideo.class;
  }

  @Override
  public TrackerVideo create(Source source) {
    source.refuseOptions();
    PoseTracker tracker =
        source.handles().get(owner(source), Types.POSE_TRACKER, PoseTracker.class);
    long params = source.pointer(Layouts.Source.PARAMS);
    return new TrackerVideo(tracker.newState(params == 0 ? TrackerParams.DEFAULT : params(params)));
  }

  @Override
  public long owner(Source source) {
    return source.pointer(Layouts.Source.PARENT);
  }

  private static TrackerParams params(long at) {
    Sized.check("params", at, Layouts.TrackerParams.BYTES);
    return TrackerParams.builder()
        .detectionInterval(CMemory.int32(at + Layouts.TrackerParams.DETECTION_INTERVAL))
        .detectionLabel(CMemory.int32(at + Layouts.TrackerParams.DETECTION_LABEL))
        .detectionThreshold(CMemory.float32(at + Layouts.TrackerParams.DETECTION_THRESHOLD))
        .detectionMinSize(CMemory.float32(at + Layouts.TrackerParams.DETECTION_MIN_SIZE))
        .detectionNmsThreshold(CMemory.float32(at + Layouts.TrackerParams.DETECTION_NMS_THRESHOLD))
        .maxPoses(CMemory.int32(at + Layouts.TrackerParams.MAX_POSES))
        .keyPointThreshold(CMemory.float32(at + Layouts.TrackerParams.KEYPOINT_THRESHOLD))
        .minKeyPoints(CMemory.int32(at + Layouts.TrackerParams.MIN_KEYPOINTS))
        .boxScale(CMemory.float32(at + Layouts.TrackerParams.BOX_SCALE))
        .minBoxSize(CMemory.float32(at + Layouts.TrackerParams.MIN_BOX_SIZE))
        .poseNmsThreshold(CMemory.float32(at + Layouts.TrackerParams.POSE_NMS_THRESHOLD))
        .keyPointSigmas(sigmas(at))
        .trackIouThreshold(CMemory.float32(at + Layouts.TrackerParams.TRACK_IOU_THRESHOLD))
        .maxMissing(CMemory.int32(at + Layouts.TrackerParams.MAX_MISSING))
        .historySize(CMemory.int32(at + Layouts.TrackerParams.HISTORY_SIZE))
        .positionWeight(CMemory.float32(at + Layouts.TrackerParams.POSITION_WEIGHT))
        .velocityWeight(CMemory.float32(at + Layouts.TrackerParams.VELOCITY_WEIGHT))
        .smoothing(
            CMemory.float32(at + Layouts.TrackerParams.SMOOTHING_BETA),
            CMemory.float32(at + Layouts.TrackerParams.SMOOTHING_CUTOFF),
            CMemory.float32(at + Layouts.TrackerParams.VELOCITY_CUTOFF))
        .build();
  }

  private static float[] sigmas(long params) {
    long at = CMemory.int64(params + Layouts.TrackerParams.KEYPOINT_SIGMAS);
    int count =
        Arg.count(
            "params.keypoint_sigma_count",
            CMemory.int32(params + Layouts.TrackerParams.KEYPOINT_SIGMA_COUNT),
            MAX_SIGMAS);
    float[] sigmas = new float[at == 0 ? 0 : count];
    for (int i = 0; i < sigmas.length; i++) {
      sigmas[i] = CMemory.float32(at + (long) i * Layouts.FLOAT);
    }
    return sigmas;
  }

  @Override
  public Result apply(TrackerVideo handle, Input input) {
    throw runsNothing();
  }

  @Override
  public void warmup(TrackerVideo handle) {
    throw runsNothing();
  }

  @Override
  public String stats(TrackerVideo handle) {
    throw runsNothing();
  }

  private static AvocetException runsNothing() {
    return AvocetException.invalidArgument(
        "the handle is a pose tracker's state, which runs nothing: give the tracker");
  }
}
