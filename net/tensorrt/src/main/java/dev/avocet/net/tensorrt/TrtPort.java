package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import org.bytedeco.javacpp.BytePointer;

/**
 * One input or output of an engine.
 *
 * @param name as TensorRT takes it, which would make an object of a Java string in each call
 * @param info as the network says
 * @param host whether TensorRT reads or writes it in the host's memory: extents that are computed
 */
record TrtPort(BytePointer name, TensorInfo info, boolean host) {
  /**
   * The bytes of a shape.
   *
   * @throws AvocetException OUT_OF_RANGE where a tensor cannot be as large
   */
  long bytes(Shape shape) {
    long elements = shape.elements();
    if (elements > Integer.MAX_VALUE / info.type().bytes()) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "%s with shape=%s is above 2 GiB".formatted(info, shape));
    }
    return elements * info.type().bytes();
  }
}
