package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.DeployInfo;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A model whose pipeline is preprocess → net → head, checked and with its network open: what slots
 * are made of.
 *
 * @param network its name
 * @param preprocess the transforms
 * @param net the open network, owned
 * @param inputIndex which input takes the picture
 * @param outputNames what heads call the outputs, in the network's order
 * @param newHead makes a head for one slot
 * @param maxBatch most pictures in a run; 1 where the network's batch axis is fixed
 */
record CompiledModel(
    String network,
    TaskSpec.Preprocess preprocess,
    Net net,
    int inputIndex,
    List<String> outputNames,
    Supplier<Head<?>> newHead,
    int maxBatch)
    implements AutoCloseable {

  static CompiledModel open(
      Model model, HandleOptions options, Class<?> wanted, boolean clips, String handle) {
    TaskSpec.Preprocess preprocess = only(model, TaskSpec.Preprocess.class, "Transform");
    TaskSpec.Network network = only(model, TaskSpec.Network.class, "Net");
    TaskSpec.Postprocess post = only(model, TaskSpec.Postprocess.class, "postprocess");
    // First of all: a folder for another engine may have heads of its own, too.
    NetProvider engine = engine(model, options, network);
    HeadProvider provider = provider(post);
    // A trial head tells whether its parameters are right and its task is the handle's.
    Head<?> head = provider.create(post.params(), model.files());
    if (head.resultType() != wanted) {
      throw AvocetException.notSupported(
          "%s: a %s cannot be opened on a model of task \"%s\" with head %s.%s"
              .formatted(
                  model.files().origin(),
                  handle,
                  model.deploy().task(),
                  post.module(),
                  post.component()));
    }
    Supplier<Head<?>> heads = () -> provider.create(post.params(), model.files());
    return open(
        model,
        options,
        engine,
        preprocess,
        network,
        heads,
        input -> checkRank(model, input, clips, handle));
  }

  /** One network of a pipeline. */
  static CompiledModel open(NetworkUnit unit, HandleOptions options) {
    return open(
        unit.model(),
        options,
        engine(unit.model(), options, unit.network()),
        unit.preprocess(),
        unit.network(),
        unit::newHead,
        input -> checkRank(unit, input));
  }

  private static NetProvider engine(Model model, HandleOptions options, TaskSpec.Network network) {
    DeployInfo.NetFile file = model.net(network.name());
    return Engines.choose(options.device(), file.backend(), file.net());
  }

  private static CompiledModel open(
      Model model,
      HandleOptions options,
      NetProvider engine,
      TaskSpec.Preprocess preprocess,
      TaskSpec.Network network,
      Supplier<Head<?>> heads,
      Consumer<TensorInfo> check) {
    DeployInfo.NetFile file = model.net(network.name());
    Span opening =
        Span.opening(
            model.files().origin(), network.name(), engine.name(), options.device().toString());
    Net net =
        engine.open(model.files(), file.net(), file.weights(), options.device(), options.net());
    opening.commit();
    try {
      int input = inputIndex(model, network, net);
      check.accept(net.inputs().get(input));
      int batch = options.maxBatch() == 0 ? file.batchSize() : options.maxBatch();
      boolean dynamic = net.inputs().get(input).shape().dim(0) < 0;
      return new CompiledModel(
          network.name(),
          preprocess,
          net,
          input,
          outputNames(network, net),
          heads,
          dynamic ? batch : 1);
    } catch (RuntimeException e) {
      net.close();
      throw e;
    }
  }

  private static <S extends TaskSpec> S only(Model model, Class<S> type, String what) {
    List<S> found =
        model.pipeline().tasks().stream().filter(type::isInstance).map(type::cast).toList();
    if (found.size() != 1 || model.pipeline().tasks().size() != 3) {
      throw AvocetException.notSupported(
          "%s: pipeline.json has %d tasks, %d of them %s; supported is one of each: %s"
              .formatted(
                  model.files().origin(),
                  model.pipeline().tasks().size(),
                  found.size(),
                  what,
                  "Transform, Net, postprocess"));
    }
    return found.get(0);
  }

  static HeadProvider provider(TaskSpec.Postprocess post) {
    List<HeadProvider> all =
        ServiceLoader.load(HeadProvider.class).stream().map(ServiceLoader.Provider::get).toList();
    return all.stream()
        .filter(p -> p.makes(post.module(), post.component()))
        .findFirst()
        .orElseThrow(
            () ->
                AvocetException.notSupported(
                    "%s.component: head %s.%s is not supported; known are %s"
                        .formatted(
                            post.where(),
                            post.module(),
                            post.component(),
                            all.stream()
                                .map(p -> p.module() + "." + p.component())
                                .sorted()
                                .toList())));
  }

  private static int inputIndex(Model model, TaskSpec.Network network, Net net) {
    String name = network.inputMap().getOrDefault("img", "img");
    List<String> names = net.inputs().stream().map(TensorInfo::name).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw AvocetException.invalidArgument(
          "%s: the network has no input \"%s\" but %s: set input_map.img in pipeline.json"
              .formatted(model.files().origin(), name, names));
    }
    if (names.size() > 1) {
      throw AvocetException.notSupported(
          "%s: the network has the inputs %s, the pipeline gives only \"%s\""
              .formatted(model.files().origin(), names, name));
    }
    return index;
  }

  private static void checkRank(Model model, TensorInfo input, boolean clips, String handle) {
    int rank = input.shape().rank();
    if (clips ? rank != 5 && rank != 6 : rank != 4) {
      throw AvocetException.notSupported(
          "%s: a %s needs a network that takes %s, this one's input is %s"
              .formatted(
                  model.files().origin(),
                  handle,
                  clips ? "clips of frames (rank 5 or 6)" : "pictures (rank 4)",
                  input));
    }
  }

  private static void checkRank(NetworkUnit unit, TensorInfo input) {
    int rank = input.shape().rank();
    if (rank < 4 || rank > 6) {
      throw AvocetException.notSupported(
          "%s: the network's input %s is no batch of pictures (rank 4) or clips (rank 5 or 6)"
              .formatted(unit.network().where(), input));
    }
  }

  private static List<String> outputNames(TaskSpec.Network network, Net net) {
    return net.outputs().stream()
        .map(
            info ->
                network.outputMap().entrySet().stream()
                    .filter(e -> Objects.equals(e.getValue(), info.name()))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(info.name()))
        .toList();
  }

  @Override
  public void close() {
    net.close();
  }
}
