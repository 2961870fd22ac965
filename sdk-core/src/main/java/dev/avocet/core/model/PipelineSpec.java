package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code pipeline.json} asks for: nodes in order, each reading what earlier ones made.
 *
 * @param inputs names of what comes in
 * @param outputs names of what comes out
 * @param tasks the nodes
 */
public record PipelineSpec(List<String> inputs, List<String> outputs, List<TaskSpec> tasks) {
  static final String FILE = "pipeline.json";

  /** Copies the lists. */
  public PipelineSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    tasks = List.copyOf(tasks);
  }

  static PipelineSpec parse(Params json) {
    Params pipeline = json.has("type") ? json : json.object("pipeline");
    List<TaskSpec> tasks = new ArrayList<>();
    List<String> inputs = pipeline.texts("input");
    Set<String> known = new HashSet<>(inputs);
    for (Params node : pipeline.objects("tasks")) {
      TaskSpec task = task(node);
      for (String input : task.inputs()) {
        if (!known.contains(input)) {
          throw node.error("input", "values made earlier, of " + known.stream().sorted().toList());
        }
      }
      for (String output : task.outputs()) {
        if (!known.add(output)) {
          throw node.error("output", "a name that is not taken yet");
        }
      }
      tasks.add(task);
    }
    List<String> outputs = pipeline.texts("output");
    if (!known.containsAll(outputs)) {
      throw pipeline.error("output", "values of " + known.stream().sorted().toList());
    }
    return new PipelineSpec(inputs, outputs, tasks);
  }

  private static TaskSpec task(Params json) {
    String type = json.text("type");
    if (!type.equals("Task")) {
      throw AvocetException.notSupported(
          "%s.type: nodes of type \"%s\" are not supported; supported is Task"
              .formatted(json.where(), type));
    }
    String name = json.text("name", "");
    List<String> inputs = json.texts("input");
    List<String> outputs = json.texts("output");
    String module = json.text("module");
    return switch (module) {
      case "Transform" -> {
        List<StepSpec> steps = new ArrayList<>();
        for (Params step : json.objects("transforms")) {
          steps.add(new StepSpec(step.text("type"), step));
        }
        yield new TaskSpec.Preprocess(name, inputs, outputs, List.copyOf(steps));
      }
      case "Net" ->
          new TaskSpec.Network(
              json.text("name"),
              inputs,
              outputs,
              names(json.objectOrEmpty("input_map")),
              names(json.objectOrEmpty("output_map")),
              json.booleanValue("is_batched", false));
      default -> {
        if (!json.has("component")) {
          throw AvocetException.notSupported(
              "%s.module: \"%s\" is not supported here".formatted(json.where(), module));
        }
        yield new TaskSpec.Postprocess(
            name,
            inputs,
            outputs,
            module,
            json.text("component"),
            json.objectOrEmpty("params"),
            json.where());
      }
    };
  }

  private static Map<String, String> names(Params json) {
    Map<String, String> map = new LinkedHashMap<>();
    json.keys().forEach(key -> map.put(key, json.text(key)));
    return Map.copyOf(map);
  }
}
