package dev.avocet.postprocess.mmdet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.postprocess.Outputs;
import java.util.List;

/** The outputs of a network that answers FLOAT32 [B,C,H,W] on several grids; by their names. */
final class LevelMaps {
  private LevelMaps() {}

  /**
   * The names in the order of the alphabet, as the reference keeps them.
   *
   * @throws AvocetException FAIL where there are not {@code count}
   */
  static List<String> names(NetOutputs outputs, int count) {
    List<String> names = outputs.names().stream().sorted().toList();
    if (names.size() != count) {
      throw new AvocetException(
          Status.FAIL,
          "expected %d outputs, as the model's strides say, found %s".formatted(count, names));
    }
    return names;
  }

  /** An output, once it is known to be a map with an entry {@code index}. */
  static Tensor get(NetOutputs outputs, String name, int index) {
    Tensor map = outputs.get(name);
    if (map.shape().rank() != 4) {
      throw Outputs.unexpected(name, "FLOAT32[B,C,H,W]", map);
    }
    Outputs.check(name, map, DataType.FLOAT32, Outputs.ANY, Outputs.ANY, Outputs.ANY, Outputs.ANY);
    Outputs.checkIndex(name, map, index);
    return map;
  }
}
