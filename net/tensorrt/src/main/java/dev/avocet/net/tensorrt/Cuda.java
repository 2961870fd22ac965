package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;
import static org.bytedeco.cuda.global.cudart.cuGetErrorString;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What calls of CUDA's driver answer. Only the driver's own functions are called, never the
 * runtime's library: so a box needs the driver alone for them.
 */
final class Cuda {
  private Cuda() {}

  /**
   * Throws where a call did not succeed: OUT_OF_MEMORY where memory ran out, else FAIL, with the
   * driver's words.
   *
   * @param what was being done, for people: {@code copying 3 MB to the GPU}
   */
  static void check(int result, String what) {
    if (result != CUDA_SUCCESS) {
      Status status = result == CUDA_ERROR_OUT_OF_MEMORY ? Status.OUT_OF_MEMORY : Status.FAIL;
      throw new AvocetException(status, "CUDA: %s failed: %s".formatted(what, text(result)));
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
