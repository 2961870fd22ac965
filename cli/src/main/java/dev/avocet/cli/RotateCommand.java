package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.DetectOptions;
import dev.avocet.RotatedDetection;
import dev.avocet.RotatedDetector;
import dev.avocet.core.Drawable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avocet rotate}. */
@Command(
    name = "rotate",
    description = "Finds objects with boxes that are turned as they are, such as ships from above.",
    sortOptions = false)
final class RotateCommand extends RegionCommand {
  @Mixin private DetectionOptions detection;

  @Override
  Task task(OpenModels models) {
    DetectOptions checked = detection.check(region());
    RotatedDetector detector =
        models.open(
            requiredModel(),
            RotatedDetector.class,
            RotatedDetector::builder,
            RotatedDetector::close);
    DetectOptions options = detection.complete(checked, detector.card());
    return frame -> new Found(detector.detect(frame.image(), options));
  }

  /** Objects in a frame. */
  record Found(List<RotatedDetection> found) implements FrameAnswer {
    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ArrayNode detections = line.putArray("detections");
      for (RotatedDetection d : found) {
        ObjectNode one = ResultJson.scored(detections, d.classId(), d.label(), d.score());
        one.putArray("rotated_box")
            .add(d.cx())
            .add(d.cy())
            .add(d.width())
            .add(d.height())
            .add(d.angle());
        ResultJson.polygon(one, d.corners());
      }
    }

    @Override
    public String headline() {
      return Counts.found(found.size());
    }

    @Override
    public String line() {
      return Counts.byName(found, RotatedDetection::name);
    }

    @Override
    public String details() {
      TextTable table =
          new TextTable("class", "score", "centre x", "centre y", "width", "height", "degrees");
      for (RotatedDetection d : found) {
        table.row(
            d.name(),
            TextTable.number(d.score(), 3),
            TextTable.number(d.cx(), 1),
            TextTable.number(d.cy(), 1),
            TextTable.number(d.width(), 1),
            TextTable.number(d.height(), 1),
            TextTable.number(Math.toDegrees(d.angle()), 1));
      }
      return table.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      // Models order by class, some of them; the surest lies on top.
      return found.stream().sorted(Comparator.comparingDouble(d -> -d.score())).toList();
    }
  }
}
