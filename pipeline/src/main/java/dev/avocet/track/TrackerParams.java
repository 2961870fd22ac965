package dev.avocet.track;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import java.util.List;

/**
 * Parameters of a {@link TrackerState}: those of MMDeploy's {@code mmdeploy_pose_tracker_param_t},
 * in its order and with the defaults that its runtime really has. Lengths are pixels of the upright
 * frame. Immutable.
 *
 * <pre>{@code
 * TrackerParams.builder().detectionInterval(5).keyPointThreshold(0.3f).build()
 * }</pre>
 *
 * @param detectionInterval frames from one search for people to the next, with {@link
 *     DetectionMode#AUTO}; 0 never searches
 * @param detectionLabel class number of people among the detector's answers
 * @param detectionThreshold score above which a detection counts
 * @param detectionMinSize edge of the square that a detection is at least as large as; squared as
 *     it is, so that -1 means one pixel
 * @param detectionNmsThreshold of two boxes that overlap at least this much (intersection over
 *     union) the lesser goes
 * @param maxPoses most poses looked at in a frame; negative: any number
 * @param keyPointThreshold score from which a key point counts for a pose's box
 * @param minKeyPoints how many such points a pose needs; negative: half of them, rounded up
 * @param boxScale how much larger than its key points a pose's box is
 * @param minBoxSize edge of the square that a followed box has to be larger than; squared as it is
 * @param poseNmsThreshold of two poses that are alike at least this much the lesser goes
 * @param keyPointSigmas how far each key point scatters, as a part of a person's size, for
 *     comparing poses by object key-point similarity; empty compares boxes
 * @param trackIouThreshold overlap from which a pose may go on with a track that lost its own
 * @param maxMissing frames that a track may be without a pose before it is forgotten
 * @param historySize frames that a track remembers; has no effect here or in the reference, where
 *     nothing looks back further than one
 * @param positionWeight standard deviation of positions in the Kalman filters, as a part of the
 *     box's size
 * @param velocityWeight the same for velocities
 * @param smoothingBeta how much faster smoothing follows what moves (One-Euro filter)
 * @param smoothingCutoff cut-off of positions at rest, in parts of the frame rate
 * @param velocityCutoff cut-off of velocities
 */
public record TrackerParams(
    int detectionInterval,
    int detectionLabel,
    float detectionThreshold,
    float detectionMinSize,
    float detectionNmsThreshold,
    int maxPoses,
    float keyPointThreshold,
    int minKeyPoints,
    float boxScale,
    float minBoxSize,
    float poseNmsThreshold,
    List<Float> keyPointSigmas,
    float trackIouThreshold,
    int maxMissing,
    int historySize,
    float positionWeight,
    float velocityWeight,
    float smoothingBeta,
    float smoothingCutoff,
    float velocityCutoff) {
  /** What MMDeploy's runtime starts from. */
  public static final TrackerParams DEFAULT = builder().build();

  /** Checks the ranges and copies the list. */
  public TrackerParams {
    keyPointSigmas = List.copyOf(keyPointSigmas);
    check("detectionInterval", detectionInterval, 0, Integer.MAX_VALUE);
    check("detectionLabel", detectionLabel, 0, Integer.MAX_VALUE);
    check("detectionThreshold", detectionThreshold, 0, 1);
    check("detectionMinSize", detectionMinSize, -1, Float.MAX_VALUE);
    check("detectionNmsThreshold", detectionNmsThreshold, 0, 1);
    check("maxPoses", maxPoses, -1, Integer.MAX_VALUE);
    check("keyPointThreshold", keyPointThreshold, -Float.MAX_VALUE, Float.MAX_VALUE);
    check("minKeyPoints", minKeyPoints, -1, Integer.MAX_VALUE);
    check("boxScale", boxScale, Float.MIN_VALUE, 100);
    check("minBoxSize", minBoxSize, -1, Float.MAX_VALUE);
    check("poseNmsThreshold", poseNmsThreshold, 0, 1);
    keyPointSigmas.forEach(s -> check("keyPointSigmas", s, 1e-6f, 100));
    check("trackIouThreshold", trackIouThreshold, 0, 1);
    check("maxMissing", maxMissing, 0, Integer.MAX_VALUE);
    check("historySize", historySize, 1, Integer.MAX_VALUE);
    check("positionWeight", positionWeight, 0, 100);
    check("velocityWeight", velocityWeight, 0, 100);
    check("smoothingBeta", smoothingBeta, 0, 1e6f);
    check("smoothingCutoff", smoothingCutoff, 0, 1e6f);
    check("velocityCutoff", velocityCutoff, 0, 1e6f);
  }

  private static void check(String name, int value, int low, int high) {
    if (value < low || value > high) {
      throw outside(name, Integer.toString(value), Integer.toString(low), Integer.toString(high));
    }
  }

  private static void check(String name, float value, float low, float high) {
    if (!(value >= low && value <= high)) {
      throw outside(name, Float.toString(value), Float.toString(low), Float.toString(high));
    }
  }

  private static AvocetException outside(String name, String value, String low, String high) {
    return AvocetException.invalidArgument(
        "%s=%s: expected %s to %s".formatted(name, value, low, high));
  }

  /** Parameters to change some of. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Parameters by the reference's names, for example {@code det_interval}; those that are absent
   * keep their defaults.
   *
   * @throws AvocetException INVALID_ARG for a value of another type or outside of its range
   */
  public static TrackerParams of(Params json) {
    Builder b = builder();
    return b.detectionInterval(json.intValue("det_interval", b.detectionInterval))
        .detectionLabel(json.intValue("det_label", b.detectionLabel))
        .detectionThreshold(json.floatValue("det_thr", b.detectionThreshold))
        .detectionMinSize(json.floatValue("det_min_bbox_size", b.detectionMinSize))
        .detectionNmsThreshold(json.floatValue("det_nms_thr", b.detectionNmsThreshold))
        .maxPoses(json.intValue("pose_max_num_bboxes", b.maxPoses))
        .keyPointThreshold(json.floatValue("pose_kpt_thr", b.keyPointThreshold))
        .minKeyPoints(json.intValue("pose_min_keypoints", b.minKeyPoints))
        .boxScale(json.floatValue("pose_bbox_scale", b.boxScale))
        .minBoxSize(json.floatValue("pose_min_bbox_size", b.minBoxSize))
        .poseNmsThreshold(json.floatValue("pose_nms_thr", b.poseNmsThreshold))
        .keyPointSigmas(floats(json, "keypoint_sigmas", b.keyPointSigmas))
        .trackIouThreshold(json.floatValue("track_iou_thr", b.trackIouThreshold))
        .maxMissing(json.intValue("track_max_missing", b.maxMissing))
        .historySize(json.intValue("track_history_size", b.historySize))
        .positionWeight(json.floatValue("std_weight_position", b.positionWeight))
        .velocityWeight(json.floatValue("std_weight_velocity", b.velocityWeight))
        .smoothing(floats(json, "smooth_params", b.smoothing))
        .build();
  }

  private static float[] floats(Params json, String key, float[] absent) {
    return json.has(key) ? json.floats(key) : absent;
  }

  /** Collects parameters; each has its default. Confined to one thread. */
  public static final class Builder {
    private int detectionInterval = 1;
    private int detectionLabel;
    private float detectionThreshold = 0.5f;
    private float detectionMinSize = -1;
    private float detectionNmsThreshold = 0.7f;
    private int maxPoses = -1;
    private float keyPointThreshold = 0.5f;
    private int minKeyPoints = -1;
    private float boxScale = 1.25f;
    private float minBoxSize;
    private float poseNmsThreshold = 0.5f;
    private float[] keyPointSigmas = {};
    private float trackIouThreshold = 0.4f;
    private int maxMissing = 10;
    private int historySize = 1;
    private float positionWeight = 1 / 20f;
    private float velocityWeight = 1 / 160f;
    private float[] smoothing = {0.007f, 1, 1};

    private Builder() {}

    /** See {@link TrackerParams#detectionInterval}; 1 by default. */
    public Builder detectionInterval(int frames) {
      detectionInterval = frames;
      return this;
    }

    /** See {@link TrackerParams#detectionLabel}; 0 by default. */
    public Builder detectionLabel(int label) {
      detectionLabel = label;
      return this;
    }

    /** See {@link TrackerParams#detectionThreshold}; 0.5 by default. */
    public Builder detectionThreshold(float score) {
      detectionThreshold = score;
      return this;
    }

    /** See {@link TrackerParams#detectionMinSize}; -1 by default. */
    public Builder detectionMinSize(float pixels) {
      detectionMinSize = pixels;
      return this;
    }

    /** See {@link TrackerParams#detectionNmsThreshold}; 0.7 by default. */
    public Builder detectionNmsThreshold(float overlap) {
      detectionNmsThreshold = overlap;
      return this;
    }

    /** See {@link TrackerParams#maxPoses}; -1 by default. */
    public Builder maxPoses(int poses) {
      maxPoses = poses;
      return this;
    }

    /** See {@link TrackerParams#keyPointThreshold}; 0.5 by default. */
    public Builder keyPointThreshold(float score) {
      keyPointThreshold = score;
      return this;
    }

    /** See {@link TrackerParams#minKeyPoints}; -1 by default. */
    public Builder minKeyPoints(int points) {
      minKeyPoints = points;
      return this;
    }

    /** See {@link TrackerParams#boxScale}; 1.25 by default. */
    public Builder boxScale(float scale) {
      boxScale = scale;
      return this;
    }

    /** See {@link TrackerParams#minBoxSize}; 0 by default. */
    public Builder minBoxSize(float pixels) {
      minBoxSize = pixels;
      return this;
    }

    /** See {@link TrackerParams#poseNmsThreshold}; 0.5 by default. */
    public Builder poseNmsThreshold(float similarity) {
      poseNmsThreshold = similarity;
      return this;
    }

    /** See {@link TrackerParams#keyPointSigmas}; none by default. Copied when built. */
    public Builder keyPointSigmas(float... sigmas) {
      keyPointSigmas = sigmas;
      return this;
    }

    /** See {@link TrackerParams#trackIouThreshold}; 0.4 by default. */
    public Builder trackIouThreshold(float overlap) {
      trackIouThreshold = overlap;
      return this;
    }

    /** See {@link TrackerParams#maxMissing}; 10 by default. */
    public Builder maxMissing(int frames) {
      maxMissing = frames;
      return this;
    }

    /** See {@link TrackerParams#historySize}; 1 by default. */
    public Builder historySize(int frames) {
      historySize = frames;
      return this;
    }

    /** See {@link TrackerParams#positionWeight}; 1/20 by default. */
    public Builder positionWeight(float weight) {
      positionWeight = weight;
      return this;
    }

    /** See {@link TrackerParams#velocityWeight}; 1/160 by default. */
    public Builder velocityWeight(float weight) {
      velocityWeight = weight;
      return this;
    }

    /**
     * The One-Euro filter: {@link TrackerParams#smoothingBeta}, {@link
     * TrackerParams#smoothingCutoff} and {@link TrackerParams#velocityCutoff}; 0.007, 1 and 1 by
     * default.
     */
    public Builder smoothing(float... betaCutoffVelocityCutoff) {
      smoothing = betaCutoffVelocityCutoff;
      return this;
    }

    /**
     * The parameters.
     *
     * @throws AvocetException INVALID_ARG for a value outside of its range
     */
    public TrackerParams build() {
      if (smoothing.length != 3) {
        throw AvocetException.invalidArgument(
            "smoothing has %d numbers: expected beta, cut-off and the velocity's cut-off"
                .formatted(smoothing.length));
      }
      return new TrackerParams(
          detectionInterval,
          detectionLabel,
          detectionThreshold,
          detectionMinSize,
          detectionNmsThreshold,
          maxPoses,
          keyPointThreshold,
          minKeyPoints,
          boxScale,
          minBoxSize,
          poseNmsThreshold,
          list(keyPointSigmas),
          trackIouThreshold,
          maxMissing,
          historySize,
          positionWeight,
          velocityWeight,
          smoothing[0],
          smoothing[1],
          smoothing[2]);
    }

    private static List<Float> list(float[] values) {
      Float[] boxed = new Float[values.length];
      for (int i = 0; i < values.length; i++) {
        boxed[i] = values[i];
      }
      return List.of(boxed);
    }
  }
}
