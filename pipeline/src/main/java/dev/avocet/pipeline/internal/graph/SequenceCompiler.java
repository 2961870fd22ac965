package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.PipelineSpec;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.model.Wire;
import dev.avocet.pipeline.internal.NetworkUnit;
import dev.avocet.pipeline.internal.graph.GraphCompiler.Typed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiles one pipeline: gives its values numbers, finds the nodes that run as one (a network, what
 * prepares its input, its heads), and has the others compiled.
 */
final class SequenceCompiler {
  private final GraphCompiler compiler;
  private final PipelineSpec spec;
  private final Place place;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<ValueType> types = new ArrayList<>();
  private final List<SequenceNode.Step> steps = new ArrayList<>();

  /** Tensors, which only networks and heads can read, by name, and who makes them. */
  private final Map<String, TaskSpec> tensors = new HashMap<>();

  SequenceCompiler(GraphCompiler compiler, PipelineSpec spec, List<ValueType> inputs, Place place) {
    this.compiler = compiler;
    this.spec = spec;
    this.place = place;
    for (int i = 0; i < inputs.size(); i++) {
      define(spec.inputs().get(i), inputs.get(i));
    }
  }

  private int define(String name, ValueType type) {
    numbers.put(name, types.size());
    types.add(type);
    return numbers.get(name);
  }

  Typed compile() {
    Set<TaskSpec> decoded = new HashSet<>();
    for (TaskSpec task : spec.tasks()) {
      if (task instanceof TaskSpec.Preprocess preprocess) {
        preprocess(preprocess);
      } else if (task instanceof TaskSpec.Network network) {
        decoded.addAll(network(network));
      } else if (task instanceof TaskSpec.Postprocess head) {
        if (!decoded.contains(head)) {
          throw AvocetException.invalidArgument(
              "%s.input: a head decodes what a Net of this pipeline made; none of these is such"
                  .formatted(head.where()));
        }
      } else {
        plain(task);
      }
    }
    List<Integer> outputs = new ArrayList<>();
    List<ValueType> made = new ArrayList<>();
    for (String output : spec.outputs()) {
      int number = number(output, spec.where() + ".output");
      outputs.add(number);
      made.add(types.get(number));
    }
    return new Typed(new SequenceNode(List.copyOf(steps), types.size(), outputs), made);
  }

  private int number(String name, String where) {
    TaskSpec maker = tensors.get(name);
    if (maker != null) {
      throw AvocetException.invalidArgument(
          "%s: \"%s\" is a tensor of a %s, which only %s can read"
              .formatted(where, name, maker.kind(), "Net and heads"));
    }
    return numbers.get(name);
  }

  private void plain(TaskSpec task) {
    List<Integer> read = new ArrayList<>();
    List<ValueType> found = new ArrayList<>();
    for (int i = 0; i < task.inputs().size(); i++) {
      int number = number(task.inputs().get(i).outer(), "%s.input[%d]".formatted(task.where(), i));
      read.add(number);
      found.add(types.get(number));
    }
    Typed typed = compiler.wired(task, found, place);
    List<Integer> made = new ArrayList<>();
    for (int i = 0; i < task.outputs().size(); i++) {
      made.add(define(task.outputs().get(i).outer(), typed.outputs().get(i)));
    }
    steps.add(new SequenceNode.Step(typed.node(), read, made));
  }

  /** A Transform that no network reads may only load the picture, which is loaded already. */
  private void preprocess(TaskSpec.Preprocess task) {
    compiler.count(task);
    Wire output = one(task, task.outputs(), "output");
    Wire input = one(task, task.inputs(), "input");
    int read = number(input.outer(), task.where() + ".input");
    if (!ValueType.PICTURE.accepts(types.get(read)) && !isClip(types.get(read))) {
      throw AvocetException.invalidArgument(
          "%s.input: a Transform wants a picture, \"%s\" is %s"
              .formatted(task.where(), input.outer(), types.get(read)));
    }
    boolean forNetwork =
        spec.tasks().stream()
            .anyMatch(t -> t instanceof TaskSpec.Network && reads(t, output.outer()));
    if (forNetwork) {
      tensors.put(output.outer(), task);
      return;
    }
    for (StepSpec step : task.steps()) {
      if (!step.type().endsWith("LoadImageFromFile")) {
        throw AvocetException.notSupported(
            "%s: %s makes a tensor that no Net reads: only LoadImageFromFile can stand without one"
                .formatted(step.params().where(), step.type()));
      }
    }
    int made = define(output.outer(), types.get(read));
    steps.add(new SequenceNode.Step(new PassNode(), List.of(read), List.of(made)));
  }

  private static boolean isClip(ValueType type) {
    return type.equals(ValueType.PICTURE.listOf());
  }

  private static boolean reads(TaskSpec task, String value) {
    return task.inputs().stream().anyMatch(wire -> wire.outer().equals(value));
  }

  private List<TaskSpec.Postprocess> network(TaskSpec.Network task) {
    compiler.count(task);
    Wire input = one(task, task.inputs(), "input");
    Wire output = one(task, task.outputs(), "output");
    TaskSpec maker = tensors.get(input.outer());
    if (!(maker instanceof TaskSpec.Preprocess preprocess)) {
      throw AvocetException.invalidArgument(
          "%s.input: a Net reads what a Transform of this pipeline makes, \"%s\" is %s"
              .formatted(
                  task.where(),
                  input.outer(),
                  Optional.ofNullable(maker)
                      .map(m -> "of a " + m.kind())
                      .orElseGet(() -> types.get(numbers.get(input.outer())).toString())));
    }
    tensors.put(output.outer(), task);
    List<TaskSpec.Postprocess> heads = heads(task, input.outer(), output.outer());
    NetworkUnit unit = new NetworkUnit(place.needModel(task.where()), preprocess, task, heads);
    List<ValueType> made = unit.outputs();
    List<Integer> defined = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      defined.add(define(heads.get(i).outputs().get(0).outer(), made.get(i)));
    }
    List<Integer> read = List.of(numbers.get(preprocess.inputs().get(0).outer()));
    steps.add(new SequenceNode.Step(compiler.network(unit, place), read, defined));
    return heads;
  }

  private List<TaskSpec.Postprocess> heads(TaskSpec.Network task, String prepared, String raw) {
    List<TaskSpec.Postprocess> heads = new ArrayList<>();
    for (TaskSpec other : spec.tasks()) {
      if (other instanceof TaskSpec.Postprocess head && reads(head, raw)) {
        compiler.count(head);
        one(head, head.outputs(), "output");
        for (Wire wire : head.inputs()) {
          if (wire.mode() != Wire.Mode.PLAIN
              || !(wire.outer().equals(raw) || wire.outer().equals(prepared))) {
            throw AvocetException.invalidArgument(
                "%s.input: a head reads \"%s\" of its Net and perhaps \"%s\" of the Transform before"
                        .formatted(head.where(), raw, prepared)
                    + " it, not \"%s\"".formatted(wire.outer()));
          }
        }
        heads.add(head);
      }
    }
    if (heads.isEmpty()) {
      throw AvocetException.invalidArgument(
          "%s.output: no head decodes \"%s\": add a task with a component that reads it"
              .formatted(task.where(), raw));
    }
    return heads;
  }

  private static Wire one(TaskSpec task, List<Wire> wires, String key) {
    if (wires.size() != 1 || wires.get(0).mode() != Wire.Mode.PLAIN) {
      throw AvocetException.notSupported(
          "%s.%s: a %s has one %s, without * and +: put it into a Pipeline to flatten lists"
              .formatted(task.where(), key, task.kind(), key));
    }
    return wires.get(0);
  }
}
