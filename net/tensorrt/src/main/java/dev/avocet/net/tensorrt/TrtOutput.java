package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import org.bytedeco.tensorrt.nvinfer.IOutputAllocator;

/**
 * One output in a slot: memory of the GPU that TensorRT writes to, and pinned memory that it is
 * copied to. In an entered context; one thread at a time.
 */
final class TrtOutput implements AutoCloseable {
  final TrtPort port;
  private final DeviceBuffer device = new DeviceBuffer();
  private final PinnedBuffer pinned;
  // Null until an output comes whose shape only the data decide.
  private Growing allocator;
  private boolean mapped;
  // The shape of the next answer; null where the run decides on it.
  private Shape shape;
  private Tensor tensor;

  /** What TensorRT asks for room, in the thread that enqueues. */
  private final class Growing extends TrtAllocator {
    @Override
    long reallocate(String name, long current, long size, long alignment) {
      if (mapped) {
        pinned.reserve(size);
        return pinned.deviceAddress();
      }
      return device.reserve(size);
    }

    @Override
    void shape(String name, long[] extents) {
      boolean same = tensor != null && has(tensor.shape(), extents);
      shape = same ? tensor.shape() : Shape.of(extents);
    }
  }

  /**
   * Without memory yet.
   *
   * @param mappable whether the GPU may be asked to write to where it is read
   */
  TrtOutput(TrtPort port, boolean mappable) {
    this.port = port;
    this.pinned = new PinnedBuffer(mappable);
  }

  private static boolean has(Shape shape, long[] extents) {
    if (shape.rank() != extents.length) {
      return false;
    }
    for (int axis = 0; axis < extents.length; axis++) {
      if (shape.dim(axis) != extents[axis]) {
        return false;
      }
    }
    return true;
  }

  /** Where TensorRT writes an answer of a shape that is known. */
  long address(Shape known, boolean inPlace) {
    mapped = inPlace;
    shape = known;
    long bytes = port.bytes(shape);
    if (port.host() || mapped) {
      pinned.reserve(bytes);
      return port.host() ? pinned.address() : pinned.deviceAddress();
    }
    return device.reserve(bytes);
  }

  /** What TensorRT asks for memory once it knows how much. */
  IOutputAllocator allocator(boolean inPlace) {
    mapped = inPlace;
    shape = null;
    if (allocator == null) {
      allocator = new Growing();
    }
    return allocator.allocator();
  }

  /** Throws what went wrong while TensorRT asked for memory. */
  void rethrow() {
    if (allocator != null) {
      allocator.rethrow();
    }
  }

  /** Copies the answer to where it is read; after everything of the run is in the stream. */
  void download(CudaStream stream) {
    if (shape == null) {
      throw new AvocetException(
          Status.FAIL, "TensorRT did not tell the shape of output " + port.info());
    }
    long bytes = port.bytes(shape);
    if (!port.host() && !mapped && bytes > 0) {
      stream.download(device.address(), pinned.reserve(bytes), bytes);
    }
  }

  /** Makes the answer of the run that has ended the one that is read. */
  void answer() {
    pinned.reserve(port.bytes(shape));
    long address = pinned.address();
    if (tensor == null || tensor.address() != address || !tensor.shape().equals(shape)) {
      if (tensor != null) {
        tensor.close();
      }
      tensor = Tensor.wrap(address, port.info().type(), shape);
    }
  }

  /** The answer. */
  Tensor tensor() {
    return tensor;
  }

  @Override
  public void close() {
    Closing.all(tensor, device, pinned, allocator);
  }
}
