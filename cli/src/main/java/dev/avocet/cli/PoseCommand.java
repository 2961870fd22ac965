package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.CallOptions;
import dev.avocet.DetectOptions;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.PoseDetector;
import dev.avocet.core.Drawable;
import dev.avocet.core.Image;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avocet pose}. */
@Command(
    name = "pose",
    description = {
      "Finds the key points of people or other objects.",
      "The model of -m looks at each box that the one of --detector finds; without a detector it"
          + " looks at the whole picture, or at --region."
    },
    sortOptions = false)
final class PoseCommand extends RegionCommand {
  /** A person in COCO's classes, and the only class of most detectors for this. */
  private static final Set<Integer> FIRST_CLASS = Set.of(0);

  @Option(
      names = "--detector",
      paramLabel = "MODEL",
      description = "Model that finds the objects; those of its class 0 are looked at.")
  private Path detectorPath;

  @Option(
      names = "--score",
      paramLabel = "S",
      description =
          "Look at boxes that score at least S, 0 to 1 (default: as the detector's model says).")
  private Double score;

  @Override
  Task task(OpenModels models) {
    DetectOptions boxes =
        CommandFailure.orExit(CommandFailure.USAGE, () -> DetectionOptions.options(score, region()))
            .withClasses(FIRST_CLASS);
    if (score != null && detectorPath == null) {
      throw CommandFailure.usage("--score=%s: needs --detector, which has scores".formatted(score));
    }
    PoseDetector poses =
        models.open(
            requiredModel(), PoseDetector.class, PoseDetector::builder, PoseDetector::close);
    if (detectorPath == null) {
      CallOptions whole = new CallOptions(region(), Optional.empty());
      return frame ->
          new Found(List.of(new Posed(Optional.empty(), poses.detect(frame.image(), whole))));
    }
    Detector detector =
        models.open(detectorPath, Detector.class, Detector::builder, Detector::close);
    return frame -> new Found(posed(frame.image(), detector.detect(frame.image(), boxes), poses));
  }

  private static List<Posed> posed(Image image, List<Detection> found, PoseDetector poses) {
    List<Pose> answers = poses.detect(image, found.stream().map(Detection::box).toList());
    List<Posed> posed = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      posed.add(new Posed(Optional.of(found.get(i)), answers.get(i)));
    }
    return posed;
  }

  /**
   * One object.
   *
   * @param detection where a detector found it
   */
  private record Posed(Optional<Detection> detection, Pose pose) {
    String name() {
      return detection.map(Detection::name).orElse("pose");
    }
  }

  /** The objects of a frame. */
  private record Found(List<Posed> found) implements FrameAnswer {
    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ArrayNode poses = line.putArray("poses");
      for (Posed one : found) {
        ObjectNode json = poses.addObject();
        ResultJson.box(json, one.detection().map(Detection::box));
        json.put("score", one.detection().map(Detection::score).orElse(null));
        ResultJson.keyPoints(json, one.pose().keyPoints(), one.pose().skeleton().names());
      }
    }

    @Override
    public String headline() {
      return Counts.found(found.size());
    }

    @Override
    public String line() {
      return Counts.byName(found, Posed::name);
    }

    @Override
    public String details() {
      TextTable table = new TextTable("key point", "of", "score", "x", "y");
      for (int i = 0; i < found.size(); i++) {
        Pose pose = found.get(i).pose();
        List<String> names = pose.skeleton().names();
        for (int k = 0; k < pose.keyPoints().size(); k++) {
          KeyPoint p = pose.keyPoints().get(k);
          table.row(
              k < names.size() ? names.get(k) : "point " + k,
              Integer.toString(i + 1),
              TextTable.number(p.score(), 3),
              TextTable.number(p.x(), 1),
              TextTable.number(p.y(), 1));
        }
      }
      return table.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      List<Drawable> all = new ArrayList<>();
      found.forEach(one -> all.add(one.pose()));
      found.forEach(one -> one.detection().ifPresent(all::add));
      return all;
    }
  }
}
