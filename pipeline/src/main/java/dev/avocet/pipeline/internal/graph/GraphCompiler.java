package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.ValueType;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.PipelineSpec;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.model.Wire;
import dev.avocet.core.model.Wire.Mode;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.NetworkUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Checks a pipeline as far as it can be checked before there is a picture, and makes nodes of it.
 * Deviations from MMDeploy's {@code csrc/mmdeploy/graph}, where a mistake shows when the pipeline
 * runs, or never: wrong counts and types are refused here, and so are plain inputs beside flattened
 * ones; {@code +}, and {@code *} at an output, mean nothing where no input is flattened, as there;
 * an empty list gives an empty list for each output (there: for each input).
 */
final class GraphCompiler {
  /** More is a mistake, for example models that name each other in a widening tree. */
  private static final int MOST_NODES = 1000;

  /**
   * A node and what it makes.
   *
   * @param outputs in order
   */
  record Typed(Node node, List<ValueType> outputs) {}

  private final GraphModels models;
  private final Networks networks;
  private final Deque<Model> inside = new ArrayDeque<>();
  private int nodes;

  private GraphCompiler(GraphModels models, Networks networks) {
    this.models = models;
    this.networks = networks;
  }

  /** A pipeline whose inputs may be anything. */
  static Compiled compile(
      PipelineSpec spec, Place place, Map<String, Model> named, HandleOptions options) {
    Networks networks = new Networks(options);
    try (GraphModels models = new GraphModels(named)) {
      GraphCompiler compiler = new GraphCompiler(models, networks);
      place.model().ifPresent(compiler.inside::push);
      Typed typed =
          compiler.sequence(spec, Collections.nCopies(spec.inputs().size(), ValueType.ANY), place);
      models.logUnreadKeys();
      return new Compiled(typed.node(), networks.byPath());
    } catch (RuntimeException e) {
      networks.close();
      throw e;
    }
  }

  Typed sequence(PipelineSpec spec, List<ValueType> inputs, Place place) {
    return new SequenceCompiler(this, spec, inputs, place).compile();
  }

  NetworkNode network(NetworkUnit unit, Place place) {
    return networks.node(unit, place.via() + unit.network().where());
  }

  void count(TaskSpec task) {
    if (++nodes > MOST_NODES) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "%s: the pipeline has more than %d nodes, those of the models it names included"
              .formatted(task.where(), MOST_NODES));
    }
  }

  /** A node with its wires; {@code found} has the types of the values that it reads. */
  Typed wired(TaskSpec task, List<ValueType> found, Place place) {
    boolean flattened = has(task.inputs(), Mode.EACH);
    List<ValueType> inner = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      inner.add(inner(task, i, found.get(i), flattened));
    }
    for (int i = 0; i < task.outputs().size(); i++) {
      if (flattened && task.outputs().get(i).mode() != Mode.EACH) {
        throw AvocetException.invalidArgument(
            "%s.output[%d]: an input is flattened with *, so write \"*%s\""
                .formatted(task.where(), i, task.outputs().get(i).outer()));
      }
    }
    Typed body = body(task, inner, place);
    if (body.outputs().size() != task.outputs().size()) {
      throw AvocetException.invalidArgument(
          "%s.output: %s makes %d values, %d are named"
              .formatted(task.where(), task.kind(), body.outputs().size(), task.outputs().size()));
    }
    if (!flattened) {
      return body;
    }
    List<Boolean> each = task.inputs().stream().map(wire -> wire.mode() == Mode.EACH).toList();
    return new Typed(
        new EachNode(body.node(), each, body.outputs().size(), place.via() + task.where()),
        body.outputs().stream().map(ValueType::listOf).toList());
  }

  private static boolean has(List<Wire> wires, Mode mode) {
    return wires.stream().anyMatch(wire -> wire.mode() == mode);
  }

  private static ValueType inner(TaskSpec task, int i, ValueType found, boolean flattened) {
    Wire wire = task.inputs().get(i);
    String where = "%s.input[%d]".formatted(task.where(), i);
    if (wire.mode() == Mode.EACH) {
      if (!found.isList()) {
        throw AvocetException.invalidArgument(
            "%s: * takes a list apart, \"%s\" is %s: leave the * out"
                .formatted(where, wire.outer(), found));
      }
      return found.entry();
    }
    if (wire.mode() == Mode.PLAIN && flattened) {
      throw AvocetException.invalidArgument(
          "%s: beside an input with * write \"%s=+%s\", or * if it is a list too"
              .formatted(where, wire.inner(), wire.outer()));
    }
    return found;
  }

  private Typed body(TaskSpec task, List<ValueType> inputs, Place place) {
    count(task);
    if (task instanceof TaskSpec.Module module) {
      return module(module, inputs, place);
    }
    if (task instanceof TaskSpec.Nested nested) {
      return sequence(nested.pipeline(), inputs, place);
    }
    if (task instanceof TaskSpec.Inference inference) {
      return inference(inference, inputs, place);
    }
    if (task instanceof TaskSpec.Cond cond) {
      return cond(cond, inputs, place);
    }
    throw AvocetException.notSupported(
        "%s: a %s cannot stand alone: put Transform, Net and head into a Pipeline or a model"
            .formatted(task.where(), task.kind()));
  }

  private Typed module(TaskSpec.Module task, List<ValueType> found, Place place) {
    PipelineModule module = Modules.create(task);
    List<ValueType> wanted = module.inputs();
    if (wanted.size() != found.size()) {
      throw AvocetException.invalidArgument(
          "%s.input: %s takes %d values, %d are named"
              .formatted(task.where(), task.module(), wanted.size(), found.size()));
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).accepts(found.get(i))) {
        throw AvocetException.invalidArgument(
            "%s.input[%d]: %s wants %s, \"%s\" is %s"
                .formatted(
                    task.where(),
                    i,
                    task.module(),
                    wanted.get(i),
                    task.inputs().get(i).outer(),
                    found.get(i)));
      }
    }
    List<ValueType> made = module.outputs(found);
    return new Typed(new ModuleNode(module, made.size(), place.via() + task.where()), made);
  }

  private Typed inference(TaskSpec.Inference task, List<ValueType> found, Place place) {
    Model model = models.find(task, place);
    if (inside.contains(model)) {
      List<String> chain = new ArrayList<>();
      inside.descendingIterator().forEachRemaining(m -> chain.add(m.files().origin()));
      chain.add(model.files().origin());
      throw AvocetException.invalidArgument(
          "%s.params.model: the models name each other in a circle: %s"
              .formatted(task.where(), String.join(" -> ", chain)));
    }
    PipelineSpec spec = model.pipeline();
    if (spec.inputs().size() != found.size()) {
      throw AvocetException.invalidArgument(
          "%s.input: model \"%s\" has the inputs %s, %d are named"
              .formatted(task.where(), task.model(), spec.inputs(), found.size()));
    }
    inside.push(model);
    try {
      return sequence(spec, found, Place.inside(model, place.via() + task.where() + " -> "));
    } finally {
      inside.pop();
    }
  }

  private Typed cond(TaskSpec.Cond task, List<ValueType> found, Place place) {
    if (!ValueType.one(Boolean.class).accepts(found.get(0))) {
      throw AvocetException.invalidArgument(
          "%s.input[0]: the first input is the condition: expected true or false, \"%s\" is %s"
              .formatted(task.where(), task.inputs().get(0).outer(), found.get(0)));
    }
    Typed body = wired(task.body(), found.subList(1, found.size()), place);
    return new Typed(
        new CondNode(body.node(), body.outputs().size(), place.via() + task.where()),
        body.outputs());
  }
}
