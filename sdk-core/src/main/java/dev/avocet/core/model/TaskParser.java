package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads nodes of {@code pipeline.json}. */
final class TaskParser {
  private TaskParser() {}

  static TaskSpec node(Params json) {
    json.text("type");
    return node(
        json,
        wires(json, "input", Wire::input, "x, inner=x, inner=*x or inner=+x"),
        wires(json, "output", Wire::output, "x, *x or x=*inner"));
  }

  /** A node whose wires are known already: the body of a Cond has those of the Cond. */
  private static TaskSpec node(Params json, List<Wire> inputs, List<Wire> outputs) {
    String name = json.text("name", "");
    String where = json.where();
    String type = json.text("type");
    return switch (type) {
      case "Task" -> task(json, name, inputs, outputs);
      case "Pipeline" ->
          new TaskSpec.Nested(
              name, inputs, outputs, PipelineSpec.body(json, inner(inputs), inner(outputs)), where);
      case "Inference" ->
          new TaskSpec.Inference(name, inputs, outputs, json.object("params").text("model"), where);
      case "Cond" -> cond(json, name, inputs, outputs);
      default ->
          throw AvocetException.notSupported(
              "%s.type: nodes of type \"%s\" are not supported; supported are %s"
                  .formatted(where, type, "Task, Inference, Pipeline, Cond"));
    };
  }

  private static TaskSpec task(Params json, String name, List<Wire> inputs, List<Wire> outputs) {
    String where = json.where();
    String module = json.text("module");
    return switch (module) {
      case "Transform" -> {
        List<StepSpec> steps = new ArrayList<>();
        for (Params step : json.objects("transforms")) {
          steps.add(new StepSpec(step.text("type"), step));
        }
        yield new TaskSpec.Preprocess(name, inputs, outputs, List.copyOf(steps), where);
      }
      case "Net" ->
          new TaskSpec.Network(
              json.text("name"),
              inputs,
              outputs,
              names(json.objectOrEmpty("input_map")),
              names(json.objectOrEmpty("output_map")),
              json.booleanValue("is_batched", false),
              where);
      default -> {
        Params params = json.objectOrEmpty("params");
        yield json.has("component")
            ? new TaskSpec.Postprocess(
                name, inputs, outputs, module, json.text("component"), params, where)
            : new TaskSpec.Module(name, inputs, outputs, module, params, where);
      }
    };
  }

  private static TaskSpec cond(Params json, String name, List<Wire> inputs, List<Wire> outputs) {
    if (inputs.size() < 2) {
      throw json.error("input", "the condition and at least one value for the body");
    }
    List<Wire> body = inputs.stream().skip(1).map(wire -> Wire.plain(wire.inner())).toList();
    List<Wire> made = outputs.stream().map(wire -> Wire.plain(wire.inner())).toList();
    return new TaskSpec.Cond(
        name, inputs, outputs, node(json.object("body"), body, made), json.where());
  }

  private static List<String> inner(List<Wire> wires) {
    return wires.stream().map(Wire::inner).toList();
  }

  private static List<Wire> wires(
      Params json, String key, Function<String, Wire> parse, String form) {
    List<Wire> wires = new ArrayList<>();
    for (String text : json.texts(key)) {
      Wire wire = parse.apply(text);
      if (wire == null) {
        throw json.error(key, "names of values like " + form);
      }
      if (wires.stream().anyMatch(other -> other.inner().equals(wire.inner()))) {
        throw json.error(key, "different names: \"" + wire.inner() + "\" is there twice");
      }
      wires.add(wire);
    }
    if (wires.isEmpty()) {
      throw json.error(key, "at least one name");
    }
    return List.copyOf(wires);
  }

  private static Map<String, String> names(Params json) {
    Map<String, String> map = new LinkedHashMap<>();
    json.keys().forEach(key -> map.put(key, json.text(key)));
    return Map.copyOf(map);
  }
}
