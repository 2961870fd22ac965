package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Answer;
import dev.avocet.Pipeline;
import dev.avocet.core.Drawable;
import dev.avocet.core.Image;
import dev.avocet.core.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code avocet run}. */
@Command(
    name = "run",
    description = {
      "Runs several models on each frame, as a file of JSON connects them.",
      "docs/pipelines.md says how it is written. -o draws places, poses, text and classes; where the"
          + " pipeline answers a picture, it writes that."
    },
    sortOptions = false)
final class RunCommand extends TaskCommand {
  @Parameters(
      index = "0",
      paramLabel = "PIPELINE",
      description = "The pipeline: a JSON file, or a model folder or zip file.")
  private Path path;

  @Parameters(
      index = "1..*",
      paramLabel = "INPUT",
      arity = "1..*",
      description = "Each is " + InputOptions.INPUTS)
  private List<String> inputs;

  @Override
  List<String> inputs() {
    return inputs;
  }

  @Override
  Task task(OpenModels models) {
    Pipeline pipeline = models.open(Pipeline.builder(path), Pipeline::close);
    return frame -> new Ran(pipeline.run(frame.image()));
  }

  /** What a pipeline answers, owned. */
  private record Ran(Answer answer) implements FrameAnswer {
    private Map<String, Value> outputs() {
      Map<String, Value> outputs = new LinkedHashMap<>();
      answer.outputs().keySet().forEach(name -> outputs.put(name, answer.first(name)));
      return outputs;
    }

    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ObjectNode json = line.putObject("outputs");
      outputs().forEach((name, value) -> json.set(name, JsonLine.parse(value.toJson())));
    }

    @Override
    public String headline() {
      StringJoiner text = new StringJoiner(", ");
      outputs()
          .forEach(
              (name, value) ->
                  text.add(
                      value instanceof Value.Items list ? list.items().size() + " " + name : name));
      return text.toString();
    }

    @Override
    public String details() {
      StringBuilder text = new StringBuilder();
      outputs().forEach((name, value) -> text.append("  %s  %s%n".formatted(name, value.toJson())));
      return text.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      return ValueDrawing.of(outputs());
    }

    @Override
    public Optional<Image> picture() {
      return outputs().values().stream()
          .filter(Value.Picture.class::isInstance)
          .map(Value::asImage)
          .findFirst();
    }

    @Override
    public void close() {
      answer.close();
    }
  }
}
