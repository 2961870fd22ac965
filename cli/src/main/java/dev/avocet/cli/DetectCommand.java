package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.DetectOptions;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Drawable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avocet detect}. */
@Command(
    name = "detect",
    description = {
      "Finds objects in pictures and videos: prints where they are and draws them.",
      "Without -m it finds printed codes, with the model that comes along."
    },
    sortOptions = false)
final class DetectCommand extends RegionCommand {
  @Mixin private DetectionOptions detection;

  @Override
  Task task(OpenModels models) {
    DetectOptions checked = detection.check(region());
    Path path = ModelOptions.orDefault(model().orElse(null));
    Detector detector = models.open(path, Detector.class, Detector::builder, Detector::close);
    DetectOptions options = detection.complete(checked, detector.card());
    return frame -> new Found(detector.detect(frame.image(), options));
  }

  /** Objects in a frame. */
  record Found(List<Detection> found) implements FrameAnswer {
    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ArrayNode detections = line.putArray("detections");
      for (Detection d : found) {
        ObjectNode one = ResultJson.scored(detections, d.classId(), d.label(), d.score());
        ResultJson.box(one, Optional.of(d.box()));
        d.mask().ifPresent(mask -> ResultJson.mask(one, mask));
        if (!d.keyPoints().isEmpty()) {
          ResultJson.keyPoints(one, d.keyPoints(), List.of());
        }
      }
    }

    @Override
    public String headline() {
      return Counts.found(found.size());
    }

    @Override
    public String line() {
      return Counts.byName(found, Detection::name);
    }

    @Override
    public String details() {
      TextTable table = new TextTable("class", "score", "x1", "y1", "x2", "y2");
      for (Detection d : found) {
        table.row(
            d.name(),
            TextTable.number(d.score(), 3),
            TextTable.number(d.box().x1(), 1),
            TextTable.number(d.box().y1(), 1),
            TextTable.number(d.box().x2(), 1),
            TextTable.number(d.box().y2(), 1));
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
