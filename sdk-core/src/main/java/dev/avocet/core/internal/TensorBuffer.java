package dev.avocet.core.internal;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;

/**
 * Memory of one input or output that grows as shapes ask for it, and the tensor that lies in it
 * now. For one thread at a time.
 */
public final class TensorBuffer implements AutoCloseable {
  private final DataType type;
  private Tensor memory = Tensor.allocate(DataType.UINT8, Shape.of(0));
  private Tensor tensor;

  /** Memory for tensors of a type, none yet. */
  public TensorBuffer(DataType type) {
    this.type = type;
  }

  /** The tensor that was asked for last, or null before the first time. */
  public Tensor tensor() {
    return tensor;
  }

  /** Whether the tensor has these extents. */
  public boolean has(long[] dims, int rank) {
    if (tensor == null || tensor.shape().rank() != rank) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      if (tensor.shape().dim(i) != dims[i]) {
        return false;
      }
    }
    return true;
  }

  /** A tensor of this shape on the bytes that were there before, which ends the one before. */
  public Tensor reshape(Shape shape) {
    long elements = shape.elements();
    if (elements > Integer.MAX_VALUE / type.bytes()
        || elements * type.bytes() > memory.byteSize()) {
      Tensor larger = Tensor.allocate(type, shape);
      larger.bytes().put(memory.bytes());
      close();
      memory = larger;
    }
    if (tensor != null) {
      tensor.close();
    }
    tensor = Tensor.wrap(memory.address(), type, shape);
    return tensor;
  }

  /** Frees the memory. */
  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
    }
    memory.close();
  }
}
