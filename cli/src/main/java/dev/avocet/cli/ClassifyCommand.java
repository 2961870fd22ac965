package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Classification;
import dev.avocet.Classifier;
import dev.avocet.ClassifyOptions;
import dev.avocet.core.Drawable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code avocet classify}. */
@Command(
    name = "classify",
    description = "Says what pictures and the frames of videos show, as a whole.",
    sortOptions = false)
final class ClassifyCommand extends RegionCommand {
  @Mixin private ClassOptions classes;

  @Override
  Task task(OpenModels models) {
    ClassifyOptions options = classes.check(region());
    Classifier classifier =
        models.open(requiredModel(), Classifier.class, Classifier::builder, Classifier::close);
    return frame -> new Named(classifier.classify(frame.image(), options));
  }

  /** The classes of a frame. */
  record Named(List<Classification> classes) implements FrameAnswer {
    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ResultJson.classes(line, classes);
    }

    @Override
    public String headline() {
      return classes.isEmpty() ? Counts.found(0) : classes.get(0).name();
    }

    @Override
    public String line() {
      return classes.isEmpty()
          ? headline()
          : headline() + " " + TextTable.number(classes.get(0).score(), 3);
    }

    @Override
    public String details() {
      TextTable table = new TextTable("class", "score");
      classes.forEach(c -> table.row(c.name(), TextTable.number(c.score(), 3)));
      return table.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      return classes;
    }
  }
}
