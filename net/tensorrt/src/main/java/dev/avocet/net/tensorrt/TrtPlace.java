package dev.avocet.net.tensorrt;

/**
 * What an engine is made for: it runs nowhere else. Measured times of layers go by the same.
 *
 * @param version of TensorRT, for example {@code 10.15.1}
 * @param gpu its name
 * @param architecture for example {@code sm_87}
 */
record TrtPlace(String version, String gpu, String architecture) {
  static TrtPlace of(TrtRuntime runtime, CudaDevice device) {
    return new TrtPlace(runtime.version(), device.name(), device.architecture());
  }

  /** As part of a file's name. */
  String fileName() {
    return "%s_%s_%s".formatted(version, architecture, gpu.replaceAll("[^A-Za-z0-9.-]+", "-"));
  }

  @Override
  public String toString() {
    return "TensorRT %s on %s (%s)".formatted(version, gpu, architecture);
  }
}
