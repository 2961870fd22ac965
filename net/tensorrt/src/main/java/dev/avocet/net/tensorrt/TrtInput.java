package dev.avocet.net.tensorrt;

import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import org.bytedeco.javacpp.Pointer;

/**
 * One input in a slot: pinned memory that the caller writes to, and memory of the GPU where it is
 * copied to. In an entered context; one thread at a time.
 */
final class TrtInput implements AutoCloseable {
  final TrtPort port;
  private final boolean mappable;
  private final DeviceBuffer device = new DeviceBuffer();
  private PinnedBuffer pinned;
  private Pointer memory;
  private Tensor tensor;
  private Shape drawn;

  /**
   * Without memory yet.
   *
   * @param mappable whether the GPU may be asked to read it where it lies
   */
  TrtInput(TrtPort port, boolean mappable) {
    this.port = port;
    this.mappable = mappable;
    this.pinned = new PinnedBuffer(mappable);
  }

  /** What was asked for last, or null. */
  Tensor tensor() {
    return tensor;
  }

  /** The shape of what the next run reads, or null where nothing was given. */
  Shape shape() {
    return drawn != null ? drawn : tensor == null ? null : tensor.shape();
  }

  /** A tensor of this shape on the bytes that were there before, which ends the one before. */
  Tensor reshape(Shape shape) {
    long bytes = port.bytes(shape);
    if (memory == null || bytes > pinned.capacity()) {
      grow(bytes);
    }
    Tensor next = Tensor.wrap(memory.address(), port.info().type(), shape);
    if (tensor != null) {
      tensor.close();
    }
    tensor = next;
    return tensor;
  }

  private void grow(long bytes) {
    PinnedBuffer larger = new PinnedBuffer(mappable);
    Pointer there = larger.reserve(bytes);
    if (memory != null) {
      Pointer.memcpy(there, memory, pinned.capacity());
    }
    PinnedBuffer before = pinned;
    pinned = larger;
    memory = there;
    before.close();
  }

  /** Room on the GPU that pictures are drawn into; what was drawn before is gone. */
  long room(Shape shape) {
    drawn = null;
    return device.reserve(port.bytes(shape));
  }

  /** Reads from now on what has been drawn into the {@link #room}, in place of the tensor. */
  void draw(Shape shape) {
    drawn = shape;
  }

  /** Whether it is drawn on the GPU. */
  boolean drawn() {
    return drawn != null;
  }

  /** Reads the tensor again. */
  void undraw() {
    drawn = null;
  }

  /**
   * Where TensorRT reads the next run's values.
   *
   * @param mapped whether the tensor is not to be copied
   */
  long address(boolean mapped) {
    if (drawn != null) {
      return device.address();
    }
    if (port.host()) {
      return pinned.address();
    }
    return mapped ? pinned.deviceAddress() : device.reserve(tensor.byteSize());
  }

  /** Copies the tensor to {@link #address}, where it is not there already. */
  void upload(CudaStream stream, boolean mapped) {
    if (drawn == null && !port.host() && !mapped && tensor.byteSize() > 0) {
      stream.upload(memory, device.address(), tensor.byteSize());
    }
  }

  @Override
  public void close() {
    Closing.all(tensor, device, pinned);
  }
}
