package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.OpenListener;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/** Opens engines: reads them, takes them from the cache, or builds them. */
final class TrtEngines {
  private TrtEngines() {}

  /**
   * The engine of a file, in the context that the caller has entered.
   *
   * @param file an engine ({@code .engine}, {@code .plan}) or a network ({@code .onnx})
   * @return for the caller to free
   * @throws AvocetException FILE_NOT_FOUND; NOT_SUPPORTED where the engine is for another TensorRT
   *     or GPU, or the network cannot be built as the options want it; CANCELLED; FAIL
   */
  static ICudaEngine open(
      TrtRuntime runtime,
      CudaContext context,
      ModelFiles files,
      String file,
      TrtOptions options,
      OpenListener listener) {
    if (!files.has(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + files.origin() + " has no file " + file);
    }
    throw AvocetException.notSupported(
        context.device + ": not yet " + runtime + options + listener);
  }
}
