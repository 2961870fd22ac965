package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;
import static org.bytedeco.cuda.global.cudart.cuGetErrorString;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What calls of CUDA's driver answer. Only the driver's own functions are called, never the
 * runtime's library: so a box needs the driver alone for them.
 */
final class Cuda {
  /**
   * After these nothing works in the process's context any more, says the driver's documentation:
   * an address that is not there, a kernel that ran for too long, failed or gave up, memory or
   * links with errors, a stack, an instruction, an address or a program counter that was bad.
   */
  private static final Set<Integer> LOST =
      Set.of(214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721);

  /** At the end of the process the driver may be gone before what was made with it. */
  private static final int DEINITIALIZED = 4;

  private Cuda() {}

  /**
   * Throws where a call did not succeed: OUT_OF_MEMORY where memory ran out, else FAIL, with the
   * driver's words. Says so where the context is lost, and with it everything on this GPU in the
   * process.
   *
   * @param what was being done, for people: {@code copying 3 MB to the GPU}
   */
  static void check(int result, String what) {
    if (result != CUDA_SUCCESS) {
      Status status = result == CUDA_ERROR_OUT_OF_MEMORY ? Status.OUT_OF_MEMORY : Status.FAIL;
      String after =
          LOST.contains(result)
              ? "; the process's context on the GPU is lost, start the process again"
              : "";
      throw new AvocetException(
          status, "CUDA: %s failed: %s%s".formatted(what, text(result), after));
    }
  }

  /** As {@link #check}, but for freeing: what a lost context had is gone with it. */
  static void checkFreed(int result, String what) {
    if (!LOST.contains(result) && result != DEINITIALIZED) {
      check(result, what);
    }
  }

  /** The driver's name and words for a result. */
  static String text(int result) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1);
        PointerPointer<BytePointer> words = new PointerPointer<>(1)) {
      if (cuGetErrorName(result, name) != CUDA_SUCCESS
          || cuGetErrorString(result, words) != CUDA_SUCCESS) {
        return "error " + result;
      }
      return "%s, %s"
          .formatted(
              name.get(BytePointer.class, 0).getString(),
              words.get(BytePointer.class, 0).getString());
    }
  }
}
