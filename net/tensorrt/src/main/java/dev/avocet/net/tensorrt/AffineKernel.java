package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;
import static org.bytedeco.cuda.global.cudart.cuModuleUnload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * {@code affine_pass.cu} on a GPU. It is compiled once for each kind of GPU in a process, which
 * takes about half a second, and loaded by each of its users. In an entered context; one thread at
 * a time.
 */
final class AffineKernel implements AutoCloseable {
  /** The kernel's name. */
  static final String NAME = "affine_pass";

  /** Threads of a block: a warp across, so that it writes whole lines. */
  private static final int ACROSS = 32;

  private static final int DOWN = 8;

  /** Rows that a thread makes, so that it asks once for several what the pass is. */
  private static final int ROWS = 2;

  /** CUDA's limit down a grid; beyond it a thread makes more rows. */
  private static final int MOST_DOWN = 65535;

  private static final Map<Integer, byte[]> IMAGES = new ConcurrentHashMap<>();

  private final CUmod_st module = new CUmod_st();
  private final CUfunc_st function = new CUfunc_st();
  private final LongPointer argument = new LongPointer(1);
  private final PointerPointer<LongPointer> arguments = new PointerPointer<>(1);

  /**
   * Loads it.
   *
   * @param image as {@link #image} gives it
   */
  AffineKernel(byte[] image) {
    arguments.put(0, argument);
    try (BytePointer bytes = new BytePointer(image)) {
      Cuda.check(cuModuleLoadData(module, bytes), "loading " + NAME);
      Cuda.check(cuModuleGetFunction(function, module, NAME), "looking for " + NAME);
    } catch (RuntimeException e) {
      Closing.all(this);
      throw e;
    }
  }

  /**
   * What {@code affine_pass.cu} compiles to for a GPU.
   *
   * @throws dev.avocet.core.AvocetException as {@link NvrtcProgram#compile}
   */
  static byte[] image(CudaDevice device) {
    return IMAGES.computeIfAbsent(
        10 * device.major() + device.minor(),
        architecture -> new NvrtcProgram(NAME + ".cu", source()).compile(architecture));
  }

  /** The text of {@code affine_pass.cu}. */
  static String source() {
    try (InputStream in = AffineKernel.class.getResourceAsStream(NAME + ".cu")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Enqueues one run for all entries of a batch.
   *
   * @param passes the GPU's address of one {@link PassEntry} for each
   * @param width of the target
   * @param height of the target
   */
  void launch(CudaStream stream, long passes, int entries, int width, int height) {
    argument.put(passes);
    int down = Math.min(MOST_DOWN, (height - 1) / (DOWN * ROWS) + 1);
    PointerPointer<LongPointer> none = null;
    Cuda.check(
        cuLaunchKernel(
            function,
            (width - 1) / ACROSS + 1,
            down,
            entries,
            ACROSS,
            DOWN,
            1,
            0,
            stream.handle,
            arguments,
            none),
        "starting " + NAME);
  }

  @Override
  public void close() {
    argument.close();
    arguments.close();
    if (!module.isNull()) {
      int result = cuModuleUnload(module);
      module.setNull();
      Cuda.checkFreed(result, "unloading " + NAME);
    }
  }
}
