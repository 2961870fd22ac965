package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Detector;
import dev.avocet.PoseDetector;
import dev.avocet.PoseTracker;
import dev.avocet.TrackedPose;
import dev.avocet.core.Drawable;
import dev.avocet.core.model.Model;
import dev.avocet.media.Frame;
import dev.avocet.track.TrackerParams;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avocet track}. */
@Command(
    name = "track",
    description = {
      "Follows people through videos, and through folders whose pictures are the frames of one.",
      "The model of --detector finds them, that of -m finds their key points; each keeps a number."
    },
    sortOptions = false)
final class TrackCommand extends ModelCommand {
  @Option(
      names = "--detector",
      paramLabel = "MODEL",
      description = "Model that finds people, as its class 0.")
  private Path detectorPath;

  @Option(
      names = "--score",
      paramLabel = "S",
      description =
          "Follow whom the detector finds with a score of at least S, 0 to 1 (default: 0.5).")
  private Float score;

  @Option(
      names = "--detect-every",
      paramLabel = "N",
      description =
          "Search every N-th frame for people, and follow those who are known in between"
              + " (default: 1).")
  private Integer interval;

  @Override
  Task task(OpenModels models) {
    TrackerParams params = CommandFailure.orExit(CommandFailure.USAGE, this::params);
    Path pose = requiredModel();
    if (detectorPath == null) {
      throw CommandFailure.usage(
          "a detector is missing: name a model that finds people with --detector");
    }
    try (Model model = models.model(pose, PoseDetector.class)) {
      PoseTracker tracker =
          models.open(
              detectorPath,
              Detector.class,
              detector -> PoseTracker.builder(detector, model),
              PoseTracker::close);
      return new Following(tracker, params);
    }
  }

  private TrackerParams params() {
    TrackerParams.Builder builder = TrackerParams.builder();
    if (score != null) {
      builder.detectionThreshold(score);
    }
    if (interval != null) {
      builder.detectionInterval(interval);
    }
    return builder.build();
  }

  /** Knows who is in the present video. */
  private static final class Following implements Task {
    private final PoseTracker tracker;
    private final TrackerParams params;
    private PoseTracker.State state;
    private Optional<Frame> last = Optional.empty();

    Following(PoseTracker tracker, TrackerParams params) {
      this.tracker = tracker;
      this.params = params;
      this.state = tracker.newState(params);
    }

    @Override
    public FrameAnswer apply(Frame frame) {
      if (last.isPresent() && !Lookahead.joined(last.get(), frame)) {
        state = tracker.newState(params);
      }
      last = Optional.of(frame);
      return new Followed(tracker.track(state, frame.image()));
    }
  }

  /** Those who are seen in a frame. */
  private record Followed(List<TrackedPose> seen) implements FrameAnswer {
    Followed {
      seen = seen.stream().sorted(Comparator.comparingInt(TrackedPose::id)).toList();
    }

    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ArrayNode tracks = line.putArray("tracks");
      for (TrackedPose one : seen) {
        ObjectNode json = tracks.addObject().put("track_id", one.id());
        json.putNull("class_id").putNull("label").putNull("score");
        ResultJson.box(json, Optional.of(one.box()));
        ResultJson.keyPoints(json, one.pose().keyPoints(), one.pose().skeleton().names());
      }
    }

    @Override
    public String headline() {
      return Counts.found(seen.size());
    }

    @Override
    public String line() {
      StringJoiner text = new StringJoiner(", ").setEmptyValue(headline());
      seen.forEach(one -> text.add("#" + one.id()));
      return text.toString();
    }

    @Override
    public String details() {
      TextTable table = new TextTable("track", "x1", "y1", "x2", "y2");
      for (TrackedPose one : seen) {
        table.row(
            "#" + one.id(),
            TextTable.number(one.box().x1(), 1),
            TextTable.number(one.box().y1(), 1),
            TextTable.number(one.box().x2(), 1),
            TextTable.number(one.box().y2(), 1));
      }
      return table.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      return seen;
    }
  }
}
