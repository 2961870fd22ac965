package dev.avocet.core.postprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.util.List;

/**
 * The outputs of one run, by the names that the model's meta info gives them. Valid until the
 * slot's next run. Confined to the slot's thread.
 */
public final class NetOutputs {
  private final List<String> names;
  private final Tensor[] tensors;

  /** Outputs with these names; the tensors are set before each decoding. */
  public NetOutputs(List<String> names) {
    this.names = List.copyOf(names);
    this.tensors = new Tensor[names.size()];
  }

  /** Names in the network's order. */
  public List<String> names() {
    return names;
  }

  /** Sets the tensor of output {@code i} for the present run. */
  public void set(int i, Tensor tensor) {
    tensors[i] = tensor;
  }

  /** Whether there is an output of this name. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /**
   * The output named {@code name}.
   *
   * @throws AvocetException FAIL where there is none, naming those there are
   */
  public Tensor get(String name) {
    int i = names.indexOf(name);
    if (i < 0) {
      throw new AvocetException(
          Status.FAIL,
          "the network has no output \""
              + name
              + "\" but "
              + names
              + ": set output_map in"
              + " pipeline.json");
    }
    return tensors[i];
  }

  /** Output {@code i} in the network's order. */
  public Tensor get(int i) {
    return tensors[i];
  }
}
