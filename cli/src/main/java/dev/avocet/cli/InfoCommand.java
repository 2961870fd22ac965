package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.DeployInfo;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.net.Net;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code avocet info}. */
@Command(
    name = "info",
    description = "Says what a model is: its networks, stages and how its preprocessing is run.",
    sortOptions = false)
final class InfoCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Parameters(paramLabel = "MODEL", arity = "0..1", description = ModelOptions.MODEL)
  private Path path;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "1280x720",
      description = "Plan for pictures of this size (default: 1280x720).")
  private String size;

  @Option(names = "--json", description = "Print one JSON object, see docs/json.md.")
  private boolean json;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    if (!size.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
      throw CommandFailure.usage("--size=%s: expected WIDTHxHEIGHT, like 1280x720".formatted(size));
    }
    // Checked before the model is looked for.
    options.net();
    Path folder = ModelOptions.orDefault(path);
    try (Model model = CommandFailure.orExit(CommandFailure.MODEL, () -> Model.open(folder))) {
      ObjectNode facts = facts(folder, model);
      if (json) {
        JsonLine.write(parent.console().out(), facts);
      } else {
        parent.console().out().print(InfoText.of(facts));
      }
      boolean broken = false;
      for (var network : facts.path("networks")) {
        broken |= !network.path("error").isNull();
      }
      return broken ? CommandFailure.MODEL : 0;
    }
  }

  private ObjectNode facts(Path folder, Model model) {
    ObjectNode facts =
        JsonLine.object()
            .put("model", folder.toString())
            .put("task", model.deploy().task())
            .put("handle", handle(model))
            .put("description", model.card().description())
            .put("licence", model.card().licence());
    facts.set("labels", JsonLine.array(model.card().labels()));
    ArrayNode networks = facts.putArray("networks");
    ArrayNode stages = facts.putArray("stages");
    model.pipeline().tasks().forEach(task -> stages.add(stage(task)));
    plan(facts, model, Optional.empty());
    model.deploy().nets().forEach(file -> networks.add(network(model, file, facts)));
    return facts;
  }

  private static String handle(Model model) {
    return CommandFailure.orExit(
        CommandFailure.MODEL,
        () -> ModelFacts.handle(model).map(Class::getSimpleName).orElse(null));
  }

  /** What a network is; while it is open, {@code all} gets the plan with what its engine can do. */
  private ObjectNode network(Model model, DeployInfo.NetFile file, ObjectNode all) {
    ObjectNode facts =
        JsonLine.object()
            .put("name", file.name())
            .put("file", file.net())
            .put("precision", file.precision())
            .put("bytes", CommandFailure.orExit(CommandFailure.MODEL, () -> bytes(model, file)));
    try (Net net = options.open(model, file)) {
      facts.put("engine", net.description());
      facts.set("inputs", tensors(net.inputs()));
      facts.set("outputs", tensors(net.outputs()));
      facts.putNull("error");
      if (model.deploy().nets().size() == 1) {
        plan(all, model, Optional.of(net));
      }
    } catch (AvocetException e) {
      facts.putNull("engine");
      facts.putArray("inputs");
      facts.putArray("outputs");
      facts.set("error", JsonLine.error(e));
    }
    return facts;
  }

  private static long bytes(Model model, DeployInfo.NetFile file) {
    return model
        .files()
        .path(file.net())
        .map(onDisk -> onDisk.toFile().length())
        .orElseGet(() -> (long) model.files().read(file.net()).length);
  }

  private static ArrayNode tensors(List<TensorInfo> infos) {
    ArrayNode tensors = JsonLine.array();
    for (TensorInfo info : infos) {
      ObjectNode tensor =
          JsonLine.object().put("name", info.name()).put("type", info.type().name());
      tensor.set("shape", JsonLine.array(info.shape().toArray()));
      tensors.add(tensor);
    }
    return tensors;
  }

  private static ObjectNode stage(TaskSpec task) {
    ObjectNode stage = JsonLine.object().put("name", task.name());
    stage.put("module", task.kind());
    if (task instanceof TaskSpec.Preprocess preprocess) {
      stage.set("steps", JsonLine.array(preprocess.steps().stream().map(s -> s.type()).toList()));
    } else if (task instanceof TaskSpec.Postprocess post) {
      stage.set("steps", JsonLine.array(List.of(post.component())));
    } else {
      stage.putArray("steps");
    }
    return stage;
  }

  /** The plan of the first list of transforms; models of several have one for each picture. */
  private void plan(ObjectNode facts, Model model, Optional<Net> net) {
    int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
    int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
    facts.putNull("plan").putNull("plan_error");
    var steps =
        model.pipeline().tasks().stream()
            .filter(TaskSpec.Preprocess.class::isInstance)
            .map(task -> ((TaskSpec.Preprocess) task).steps())
            .findFirst();
    if (steps.isEmpty()) {
      return;
    }
    try (Preprocessor preprocessor =
            net.map(n -> Preprocessor.create(steps.get(), options.plan(), n, 0))
                .orElseGet(() -> Preprocessor.create(steps.get(), options.plan()));
        Image picture = Image.allocate(PixelFormat.BGR, width, height)) {
      Prepared prepared = preprocessor.plan(picture);
      ObjectNode plan =
          JsonLine.object()
              .put("width", width)
              .put("height", height)
              .put("type", prepared.type().name());
      plan.set("shape", JsonLine.array(prepared.shape().toArray()));
      facts.set("plan", plan.put("description", prepared.description()));
    } catch (AvocetException e) {
      facts.set("plan_error", JsonLine.error(e));
    }
  }
}
