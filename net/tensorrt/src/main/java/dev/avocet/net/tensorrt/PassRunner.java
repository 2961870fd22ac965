package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.MemoryKind;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.preprocess.AffinePass;
import java.util.List;
import java.util.Optional;

/**
 * Runs passes on the GPU, all those of a call with one start of {@code affine_pass.cu}: any number
 * of regions of any number of pictures. What it reads goes to the GPU before, as one {@link
 * PassBlock}, or is read where it lies. In an entered context; one thread at a time.
 */
final class PassRunner implements AutoCloseable {
  private final CudaStream stream;
  private final AffineKernel kernel;
  private final PassBlock block;
  // Behind the last use of the block.
  private final CudaEvent free;
  private int count;
  private int width;
  private int height;

  /**
   * Compiles the kernel if it is the first for this kind of GPU.
   *
   * @param stream what is run in
   * @param mapped whether the GPU reads the host's memory where it lies
   * @throws AvocetException as {@link NvrtcProgram#compile}
   */
  PassRunner(CudaContext context, CudaStream stream, boolean mapped) {
    this(AffineKernel.image(context.device), stream, mapped);
  }

  /** With a kernel that has been compiled. */
  PassRunner(byte[] image, CudaStream stream, boolean mapped) {
    this.stream = stream;
    this.kernel = new AffineKernel(image);
    this.block = new PassBlock(stream, mapped);
    try {
      this.free = new CudaEvent(false);
    } catch (RuntimeException e) {
      Closing.all(block, kernel);
      throw e;
    }
  }

  /**
   * Why a pass cannot be run, for people, or empty where it can. FLOAT16 inputs take what makes
   * FLOAT32.
   *
   * @param input what is filled; how many entries it takes does not count
   */
  static Optional<String> objection(AffinePass pass, Image picture, TensorInfo input) {
    boolean same = input.type() == pass.type();
    boolean narrowed = input.type() == DataType.FLOAT16 && pass.type() == DataType.FLOAT32;
    if (!(same || narrowed)
        || input.shape().rank() != 4
        || !input.shape().with(0, -1).accepts(pass.shape(1))) {
      return Optional.of("the input is no picture of this type and size");
    }
    if (picture.memoryKind() != MemoryKind.HOST) {
      return Optional.of("the picture is not in the host's memory");
    }
    if (!PassBlock.isInside(pass.source(), picture)) {
      return Optional.of("the window is not inside of the picture");
    }
    return Optional.empty();
  }

  /**
   * Copies what is read of the pictures, and enqueues what fills the entries of a batch. The
   * pictures are not needed any more when this returns.
   *
   * @param passes one for each entry, of one shape, without {@link #objection}
   * @param views the picture of each entry
   * @param target the GPU's address of the first entry
   * @param type of the values: FLOAT32, FLOAT16 or UINT8
   * @throws AvocetException INVALID_ARG where shapes differ, OUT_OF_RANGE where a window is not
   *     inside of its picture, OUT_OF_MEMORY, FAIL with the driver's words
   */
  void run(List<AffinePass> passes, List<Image> views, long target, DataType type) {
    // The GPU may still be reading what the last call has written.
    free.synchronize();
    block.layOut(passes, views);
    try {
      block.write(target, type);
      count = passes.size();
      width = passes.get(0).width();
      height = passes.get(0).height();
      start();
      free.record(stream);
    } catch (RuntimeException e) {
      settle(e);
      throw e;
    }
  }

  /** Starts the kernel on what the last {@link #run} has brought to the GPU. */
  void start() {
    kernel.launch(stream, block.address(), count, width, height);
  }

  /** What has been begun still reads the block. */
  private void settle(RuntimeException failure) {
    try {
      stream.synchronize();
    } catch (AvocetException e) {
      failure.addSuppressed(e);
    }
  }

  /** Frees everything; what has been enqueued has ended. */
  @Override
  public void close() {
    Closing.all(free, block, kernel);
  }
}
