package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.Efficiency;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Source;
import dev.avocet.track.DetectionMode;
import dev.avocet.track.Roi;
import dev.avocet.track.TrackerParams;
import dev.avocet.track.TrackerState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Follows the poses of people through videos, with a network that finds people and one that finds
 * the key points of a person.
 *
 * <pre>{@code
 * try (PoseTracker tracker = PoseTracker.open(Path.of("detector"), Path.of("pose"))) {
 *   PoseTracker.State video = tracker.newState(TrackerParams.DEFAULT);
 *   for (Image frame : frames) {
 *     for (TrackedPose person : tracker.track(video, frame)) {
 *       System.out.println(person.id() + " " + person.box());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Safe from any number of threads and for any number of videos. Frames of one video are taken
 * one after another: a call waits for its state; frames that are {@linkplain #submit submitted}
 * keep their order. A frame that fails is as if it had not been given. Pictures are borrowed for
 * the call. Failures are those of {@link Detector}, and INVALID_ARG for a state of another tracker.
 */
public final class PoseTracker implements AutoCloseable {
  private final Detector detector;
  private final PoseDetector poses;
  private final TrackQueue queue;
  private final Efficiency efficiency = new Efficiency();

  private PoseTracker(Model detectorModel, Model poseModel, HandleOptions options) {
    detector = new Detector(detectorModel, options);
    try {
      poses = new PoseDetector(poseModel, options);
    } catch (RuntimeException e) {
      detector.close();
      throw e;
    }
    queue =
        new TrackQueue(
            options, job -> run(List.of(job.state()), List.of(job.frame()), job.modes()));
  }

  /** Opens two model folders or zip files with default options. */
  public static PoseTracker open(Path detector, Path pose) {
    return builder(detector, pose).open();
  }

  /**
   * Options for two model folders or zip files; they hold for both networks. {@code batchDelay} has
   * no effect, frames that wait are not put together.
   */
  public static HandleBuilder<PoseTracker> builder(Path detector, Path pose) {
    return HandleBuilder.of(
        detector,
        (model, options) -> {
          try (Model poseModel = Model.open(pose)) {
            return new PoseTracker(model, poseModel, options);
          }
        });
  }

  /** Options for two models that are open already and stay so. */
  public static HandleBuilder<PoseTracker> builder(Model detector, Model pose) {
    return HandleBuilder.of(detector, (model, options) -> new PoseTracker(model, pose, options));
  }

  /**
   * What is known of one video. Made by {@link #newState}; needs no closing. Safe to give to any
   * thread, but frames that several threads give at once come in any order.
   */
  public static final class State {
    private final PoseTracker owner;
    private final TrackerState tracker;

    private State(PoseTracker owner, TrackerParams params) {
      this.owner = owner;
      this.tracker = new TrackerState(params);
    }
  }

  /** A state for a video that begins. */
  public State newState(TrackerParams params) {
    return new State(this, params);
  }

  /** Takes the next frame of a video; people are searched for when their time has come. */
  public List<TrackedPose> track(State state, Image frame) {
    return track(state, frame, DetectionMode.AUTO);
  }

  /**
   * Takes the next frame of a video.
   *
   * @return the people seen in it, those longest known first
   */
  public List<TrackedPose> track(State state, Image frame, DetectionMode mode) {
    return trackBatch(List.of(state), List.of(frame), List.of(mode)).get(0);
  }

  /** Takes the next frames of several videos, with {@link DetectionMode#AUTO}. */
  public List<List<TrackedPose>> trackBatch(List<State> states, List<Image> frames) {
    return trackBatch(states, frames, Collections.nCopies(states.size(), DetectionMode.AUTO));
  }

  /**
   * Takes the next frames of several videos; where a network can batch, frames and people share its
   * runs.
   *
   * @param states one for each frame, all different
   * @param modes one for each frame
   * @return the people in each frame, in the frames' order
   */
  public List<List<TrackedPose>> trackBatch(
      List<State> states, List<Image> frames, List<DetectionMode> modes) {
    if (states.size() != frames.size() || states.size() != modes.size()) {
      throw AvocetException.invalidArgument(
          "states=%d frames=%d modes=%d: expected one of each for a frame"
              .formatted(states.size(), frames.size(), modes.size()));
    }
    if (states.stream().distinct().count() != states.size()) {
      throw AvocetException.invalidArgument(
          "a state is there twice: give the frames of one video one after another");
    }
    states.forEach(this::checkOwner);
    queue.enter(states);
    try {
      return run(states, frames, modes);
    } finally {
      queue.leave(states);
    }
  }

  /** Queues the next frame of a video, with {@link DetectionMode#AUTO}. */
  public CompletableFuture<List<TrackedPose>> submit(State state, Image frame) {
    return submit(state, frame, DetectionMode.AUTO);
  }

  /**
   * Queues the next frame of a video; the picture has to stay valid until the future is done.
   * Frames of different videos run side by side where the tracker was opened with such concurrency.
   *
   * @throws AvocetException BUSY where the queue is full, CLOSED after close
   */
  public CompletableFuture<List<TrackedPose>> submit(State state, Image frame, DetectionMode mode) {
    checkOwner(state);
    return queue.submit(state, frame, mode);
  }

  private void checkOwner(State state) {
    if (state.owner != this) {
      throw AvocetException.invalidArgument(
          "the state belongs to another PoseTracker: make it with this one's newState");
    }
  }

  private List<List<TrackedPose>> run(
      List<State> states, List<Image> frames, List<DetectionMode> modes) {
    List<Image> searched = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).tracker.wantsDetection(modes.get(i))) {
        searched.add(frames.get(i));
      }
    }
    Iterator<List<Detection>> found = detector.detectBatch(searched).iterator();
    List<List<Roi>> regions = new ArrayList<>();
    List<Call<KeyPoints, Pose>> calls = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      TrackerState tracker = states.get(i).tracker;
      Image frame = frames.get(i);
      Optional<List<Detection>> detections =
          tracker.wantsDetection(modes.get(i)) ? Optional.of(found.next()) : Optional.empty();
      List<Roi> own = tracker.regions(detections, frame.uprightWidth(), frame.uprightHeight());
      own.forEach(roi -> calls.add(call(frame, roi)));
      regions.add(own);
    }
    List<Pose> seen = poses.runner().runAll(calls);
    List<List<TrackedPose>> answers = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < states.size(); i++) {
      int to = from + regions.get(i).size();
      answers.add(states.get(i).tracker.step(regions.get(i), seen.subList(from, to)));
      from = to;
    }
    efficiency.answered(answers.size());
    return answers;
  }

  private Call<KeyPoints, Pose> call(Image frame, Roi roi) {
    Source source = Source.of(frame);
    Rect whole = source.region();
    return new Call<>(
        source.withBox(roi.box()),
        HeadOptions.DEFAULT,
        Optional.empty(),
        points ->
            new Pose(KeyPoint.listOf(points, whole), poses.card().skeleton(points.x().length)));
  }

  /** Runs both networks once on a blank picture, so that the first frame is as fast as the rest. */
  public void warmup() {
    detector.warmup();
    poses.warmup();
  }

  /**
   * Counts and times of both networks, their stages and layers named {@code detector.…} and {@code
   * pose.…}; calls per joule are frames per joule.
   */
  public Stats stats() {
    List<Stats.Stage> stages = new ArrayList<>();
    List<Stats.Layer> layers = new ArrayList<>();
    BoardReading board = Boards.here().read();
    addNamed("detector.", detector.stats(board), stages, layers);
    addNamed("pose.", poses.stats(board), stages, layers);
    return new Stats(stages, layers, board, efficiency.since(board));
  }

  private static void addNamed(
      String prefix, Stats stats, List<Stats.Stage> stages, List<Stats.Layer> layers) {
    for (Stats.Stage s : stats.stages()) {
      stages.add(new Stats.Stage(prefix + s.name(), s.count(), s.total(), s.p50(), s.p99()));
    }
    for (Stats.Layer l : stats.layers()) {
      layers.add(new Stats.Layer(prefix + l.name(), l.type(), l.kernel(), l.count(), l.mean()));
    }
  }

  /** Waits for the frames in work and frees everything; those that wait get CLOSED. */
  @Override
  public void close() {
    queue.close();
    try {
      detector.close();
    } finally {
      poses.close();
    }
  }
}
