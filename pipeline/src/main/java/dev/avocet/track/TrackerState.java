package dev.avocet.track;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.TrackedPose;
import dev.avocet.core.AvocetException;
import dev.avocet.core.RectF;
import dev.avocet.core.postprocess.KeyPoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Follows the people of one video: MMDeploy's pose tracker ({@code mmpose/pose_tracker}). Each
 * frame takes three steps, between which the caller runs the two networks:
 *
 * <pre>{@code
 * Optional<List<Detection>> found =
 *     state.wantsDetection(DetectionMode.AUTO) ? Optional.of(detect(frame)) : Optional.empty();
 * List<Roi> regions = state.regions(found, frame.width(), frame.height());
 * List<TrackedPose> poses = state.step(regions, estimatePosesIn(frame, regions));
 * }</pre>
 *
 * <p>Only {@link #step} changes the tracks: a frame whose networks failed may be given up or tried
 * again. Poses are matched with tracks by their key points, then by overlap; key points and boxes
 * go through Kalman filters and One-Euro smoothing. The reference's numbers are kept, with these
 * deviations: boxes are clipped to the frame they are of, not to the video's first; equal ranks
 * keep their order; a box that shows nothing of the frame, or rounds to nothing, is not looked at
 * (there the crop is undefined); a pose without a visible key point has no box.
 *
 * <p>One state for each video. Confined to one thread at a time.
 */
public final class TrackerState {
  /** Nearness from which a pose goes on with the track it fits. */
  private static final float NEAR_ENOUGH = Track.FAR / 10;

  private static final Box NOWHERE = new Box(0, 0, 0, 0);

  private final TrackerParams params;
  private final List<Track> tracks = new ArrayList<>();
  private int nextId;
  private long frame;
  private int width;
  private int height;

  /** Before the first frame of a video. */
  public TrackerState(TrackerParams params) {
    this.params = params;
  }

  /** Whether to look for people in the next frame. */
  public boolean wantsDetection(DetectionMode mode) {
    return switch (mode) {
      case FORCED -> true;
      case NEVER -> false;
      case AUTO -> params.detectionInterval() > 0 && frame % params.detectionInterval() == 0;
    };
  }

  private record Candidate(Box box, OptionalInt trackId, Rank rank) {}

  /** Where a candidate comes from; the later ones go before. */
  private enum Rank {
    MISSING_TRACK,
    DETECTION,
    VISIBLE_TRACK
  }

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::rank)
          .thenComparing(candidate -> Geometry.area(candidate.box()))
          .reversed();

  /**
   * Where to look for poses: at the tracks, and at the detections that no track covers.
   *
   * @param detections what the detector found in this frame, if it was asked
   * @param frameWidth pixels across of the upright frame
   * @param frameHeight pixels down
   */
  public List<Roi> regions(Optional<List<Detection>> detections, int frameWidth, int frameHeight) {
    width = frameWidth;
    height = frameHeight;
    List<Candidate> all = new ArrayList<>();
    detections.ifPresent(found -> found.forEach(d -> addDetected(d, all)));
    tracks.forEach(track -> addTracked(track, all));

    boolean[] keep = new boolean[all.size()];
    Arrays.fill(keep, true);
    Choice.suppress(
        Comparator.comparing(all::get, BEST_FIRST),
        keep,
        (a, b) -> Geometry.overlap(all.get(a).box(), all.get(b).box()),
        params.detectionNmsThreshold());
    List<Candidate> kept = new ArrayList<>();
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        kept.add(all.get(i));
      }
    }
    kept.sort(BEST_FIRST);
    int most = params.maxPoses() < 0 ? kept.size() : Math.min(kept.size(), params.maxPoses());
    return kept.subList(0, most).stream()
        .map(candidate -> new Roi(whole(candidate.box()), candidate.trackId()))
        .filter(roi -> roi.box().width() > 0 || roi.box().height() > 0)
        .toList();
  }

  private void addDetected(Detection d, List<Candidate> all) {
    if (d.classId() == params.detectionLabel()
        && d.score() > params.detectionThreshold()
        && Geometry.area(d.box()) >= params.detectionMinSize() * params.detectionMinSize()
        && Geometry.showsSome(d.box(), width, height)) {
      all.add(new Candidate(d.box(), OptionalInt.empty(), Rank.DETECTION));
    }
  }

  private void addTracked(Track track, List<Candidate> all) {
    boolean missing = track.missing() > 0;
    Optional<Box> expected =
        missing
            ? Optional.of(track.predictedBox())
            : Geometry.around(track.predictedPose(), params, width, height);
    expected
        .filter(box -> box.x2() > box.x1() && box.y2() > box.y1())
        .filter(box -> Geometry.showsSome(box, width, height))
        .filter(box -> Geometry.area(box) > params.minBoxSize() * params.minBoxSize())
        .map(
            box ->
                new Candidate(
                    box,
                    OptionalInt.of(track.id()),
                    missing ? Rank.MISSING_TRACK : Rank.VISIBLE_TRACK))
        .ifPresent(all::add);
  }

  /** Whole pixels, halves to the even number: what {@code cv::Rect} makes of a box. */
  private static RectF whole(Box box) {
    float x = Math.min(box.x1(), box.x2());
    float y = Math.min(box.y1(), box.y2());
    return new RectF(
        (float) Math.rint(x),
        (float) Math.rint(y),
        (float) Math.rint(Math.max(box.x1(), box.x2()) - x),
        (float) Math.rint(Math.max(box.y1(), box.y2()) - y));
  }

  /**
   * Goes one frame on with the poses found in it.
   *
   * @param regions as {@link #regions} gave them for this frame
   * @param poses one for each region, in pixels of the upright frame; all with the same number of
   *     key points in every frame
   * @return the tracks that have a pose in this frame, the oldest first
   * @throws AvocetException INVALID_ARG where the numbers do not fit each other or a coordinate is
   *     not finite; the frame does not count then
   */
  public List<TrackedPose> step(List<Roi> regions, List<Pose> poses) {
    if (regions.size() != poses.size()) {
      throw AvocetException.invalidArgument(
          "poses=%d regions=%d: expected one pose a region"
              .formatted(poses.size(), regions.size()));
    }
    List<KeyPoints> found = poses.stream().map(this::checked).toList();
    int n = found.size();
    Box[] boxes = new Box[n];
    boolean[] free = new boolean[n];
    for (int i = 0; i < n; i++) {
      Optional<Box> box = Geometry.around(found.get(i), params, width, height);
      free[i] = box.isPresent();
      boxes[i] = box.orElse(NOWHERE);
    }
    suppress(regions, found, boxes, free);
    match(regions, found, boxes, free);
    tracks.removeIf(track -> track.missing() > params.maxMissing());
    tracks.forEach(Track::predict);
    frame++;
    // Whoever is seen in this frame has one of its poses.
    return tracks.stream()
        .filter(track -> track.missing() == 0)
        .map(track -> track.shown(poses.get(0).skeleton()))
        .toList();
  }

  private KeyPoints checked(Pose pose) {
    List<KeyPoint> points = pose.keyPoints();
    int wanted =
        !params.keyPointSigmas().isEmpty()
            ? params.keyPointSigmas().size()
            : tracks.isEmpty() ? points.size() : tracks.get(0).points();
    if (points.size() != wanted) {
      throw AvocetException.invalidArgument(
          "a pose has %d key points, expected are %d: as many as keyPointSigmas and every pose before"
              .formatted(points.size(), wanted));
    }
    KeyPoints copy = new KeyPoints(new float[wanted], new float[wanted], new float[wanted]);
    for (int i = 0; i < wanted; i++) {
      KeyPoint p = points.get(i);
      if (!Float.isFinite(p.x()) || !Float.isFinite(p.y()) || !Float.isFinite(p.score())) {
        throw AvocetException.invalidArgument(p + ": expected finite numbers");
      }
      copy.x()[i] = p.x();
      copy.y()[i] = p.y();
      copy.scores()[i] = p.score();
    }
    return copy;
  }

  /** Of poses that are alike the one goes on that a visible track looked for, or is surer. */
  private void suppress(List<Roi> regions, List<KeyPoints> poses, Box[] boxes, boolean[] free) {
    Comparator<Integer> bestFirst =
        Comparator.<Integer, Boolean>comparing(i -> isVisible(regions.get(i).trackId()))
            .thenComparing(i -> sum(poses.get(i).scores()))
            .reversed();
    List<Float> sigmas = params.keyPointSigmas();
    Choice.suppress(
        bestFirst,
        free,
        (a, b) ->
            sigmas.isEmpty()
                ? Geometry.overlap(boxes[a], boxes[b])
                : Geometry.similarity(poses.get(a), boxes[a], poses.get(b), boxes[b], sigmas),
        params.poseNmsThreshold());
  }

  private boolean isVisible(OptionalInt id) {
    return tracks.stream()
        .anyMatch(t -> id.isPresent() && t.id() == id.getAsInt() && t.missing() == 0);
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }

  private void match(List<Roi> regions, List<KeyPoints> poses, Box[] boxes, boolean[] free) {
    float[][] nearness = new float[boxes.length][tracks.size()];
    float[][] overlap = new float[boxes.length][tracks.size()];
    boolean[] unmatched = new boolean[tracks.size()];
    for (int j = 0; j < tracks.size(); j++) {
      Track track = tracks.get(j);
      unmatched[j] = track.missing() == 0;
      for (int i = 0; i < boxes.length; i++) {
        OptionalInt id = regions.get(i).trackId();
        boolean may = id.isEmpty() || id.getAsInt() == track.id();
        nearness[i][j] = may ? track.nearness(poses.get(i)) : Track.FAR;
        overlap[i][j] = may ? Geometry.overlap(track.predictedBox(), boxes[i]) : Track.FAR;
      }
    }
    List<Choice.Pair> near = Choice.pair(nearness, free, unmatched, NEAR_ENOUGH);
    for (int j = 0; j < tracks.size(); j++) {
      unmatched[j] |= tracks.get(j).missing() > 0;
    }
    List<Choice.Pair> overlapping =
        Choice.pair(overlap, free, unmatched, params.trackIouThreshold());
    near.forEach(p -> tracks.get(p.column()).follow(boxes[p.row()], poses.get(p.row())));
    overlapping.forEach(p -> tracks.get(p.column()).recover(boxes[p.row()], poses.get(p.row())));
    for (int i = 0; i < free.length; i++) {
      if (free[i] && regions.get(i).trackId().isEmpty()) {
        tracks.add(new Track(params, nextId++, boxes[i], poses.get(i)));
      }
    }
    for (int j = 0; j < unmatched.length; j++) {
      if (unmatched[j]) {
        tracks.get(j).miss();
      }
    }
  }
}
