package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.preprocess.AffinePass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network opened by an engine: raw tensors in, raw tensors out.
 *
 * <pre>{@code
 * try (Net net = Net.open(Path.of("net.onnx"), Device.CPU, NetOptions.DEFAULT);
 *     Tensor x = Tensor.allocate(DataType.FLOAT32, Shape.of(1, 3, 224, 224))) {
 *   Map<String, Tensor> answers = net.run(Map.of("input", x));
 *   answers.values().forEach(Tensor::close);
 * }
 * }</pre>
 *
 * <p>Thread safe. Close it after its slots; the handles do so.
 */
public interface Net extends AutoCloseable {
  /** Engine, its release and where it runs, for people. */
  String description();

  /** Inputs in the network's order. */
  List<TensorInfo> inputs();

  /** Outputs in the network's order. */
  List<TensorInfo> outputs();

  /**
   * Why a slot of this net cannot run a pass inside of the network, for people: what {@link
   * NetSlot#pictures} answers false to. Empty where it can, which takes that the pass makes the
   * input's shape and type.
   *
   * @param input in the order of {@link #inputs}
   * @param picture its format, rotation and size count, its pixels do not
   */
  default Optional<String> pictureObjection(int input, AffinePass pass, Image picture) {
    return Optional.of("this engine takes tensors only");
  }

  /**
   * Whether preprocessing inside of the network is expected to be faster than beside it, as on a
   * device with memory of its own; then pictures are handed over without being asked for.
   */
  default boolean prefersPictures() {
    return false;
  }

  /**
   * Whether every geometry and format of {@link NetSlot#pictures} is compiled into a network of its
   * own. Then pictures whose sizes hardly ever come again, as the windows of boxes, are not handed
   * over. Where it is not so, a geometry costs nothing.
   */
  default boolean compilesPictures() {
    return false;
  }

  /** A new slot; the caller closes it before the net. */
  NetSlot slot();

  /**
   * Whether {@link NetSlot#start} comes back while the run goes on, so that one thread can keep all
   * slots busy. Where it does not, slots run side by side only with a thread each.
   */
  default boolean asynchronous() {
    return false;
  }

  /**
   * Runs the network once. The inputs are copied; the answers belong to the caller, who closes
   * each.
   *
   * @param inputs by the network's names; all of them, with their types
   * @throws AvocetException INVALID_ARG where a name, type or shape does not fit; FAIL where the
   *     run fails
   */
  default Map<String, Tensor> run(Map<String, Tensor> inputs) {
    List<TensorInfo> wanted = inputs();
    List<String> names = wanted.stream().map(TensorInfo::name).toList();
    for (String name : inputs.keySet()) {
      if (!names.contains(name)) {
        throw AvocetException.invalidArgument(
            "the network has no input \"" + name + "\"; it has " + wanted);
      }
    }
    try (NetSlot slot = slot()) {
      for (int i = 0; i < wanted.size(); i++) {
        TensorInfo info = wanted.get(i);
        Tensor given = inputs.get(info.name());
        if (given == null || given.type() != info.type()) {
          throw AvocetException.invalidArgument(
              "input " + info + " is needed, given is " + (given == null ? "none" : given));
        }
        slot.input(i, given.shape()).bytes().put(given.bytes());
      }
      slot.run();
      Map<String, Tensor> answers = new LinkedHashMap<>();
      try {
        for (int i = 0; i < outputs().size(); i++) {
          Tensor output = slot.output(i);
          Tensor copy = Tensor.allocate(output.type(), output.shape());
          answers.put(outputs().get(i).name(), copy);
          copy.bytes().put(output.bytes());
        }
      } catch (RuntimeException e) {
        answers.values().forEach(Tensor::close);
        throw e;
      }
      return answers;
    }
  }

  /** Frees the network; later calls do nothing. All slots have to be closed. */
  @Override
  void close();

  /**
   * Opens a network file on its own, without meta info.
   *
   * @throws AvocetException as {@link NetProvider#open} and {@link Engines#choose}
   */
  static Net open(Path file, Device device, NetOptions options) {
    if (!Files.isRegularFile(file)) {
      throw new AvocetException(Status.FILE_NOT_FOUND, "there is no network file " + file);
    }
    Path folder = file.toAbsolutePath().getParent();
    String name = file.getFileName().toString();
    return Engines.choose(device, "", name)
        .open(ModelFiles.directory(folder), name, "", device, options);
  }
}
