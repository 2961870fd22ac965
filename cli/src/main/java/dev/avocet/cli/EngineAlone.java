package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.DeployInfo;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;

/** A model's network with one picture in its bound input, to be run again and again. */
final class EngineAlone implements AutoCloseable {
  private final Net net;
  private final NetSlot slot;

  private EngineAlone(Net net, NetSlot slot) {
    this.net = net;
    this.slot = slot;
  }

  static EngineAlone open(Model model, Image picture, ModelOptions options) {
    TaskSpec.Network task = ModelFacts.network(model);
    TaskSpec.Preprocess preprocess =
        ModelFacts.only(model, TaskSpec.Preprocess.class)
            .orElseThrow(() -> AvocetException.notSupported("a model of several preprocessings"));
    DeployInfo.NetFile file = model.net(task.name());
    Net net = options.open(model, file);
    try {
      NetSlot slot = net.slot();
      try (Preprocessor preprocessor = Preprocessor.create(preprocess.steps(), options.plan())) {
        String name = task.inputMap().getOrDefault("img", "img");
        int index = net.inputs().stream().map(TensorInfo::name).toList().indexOf(name);
        Prepared prepared = preprocessor.plan(picture);
        preprocessor.run(picture, slot.input(Math.max(0, index), prepared.shape()), 0);
        return new EngineAlone(net, slot);
      } catch (RuntimeException e) {
        slot.close();
        throw e;
      }
    } catch (RuntimeException e) {
      net.close();
      throw e;
    }
  }

  void run() {
    slot.run();
  }

  String description() {
    return net.description();
  }

  @Override
  public void close() {
    slot.close();
    net.close();
  }
}
