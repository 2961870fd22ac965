package dev.avocet.net.tensorrt;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;

/** How to get what is missing: packages by name. */
final class NvidiaAdvice {
  private static final boolean ARM = Loader.getPlatform().equals("linux-arm64");

  private NvidiaAdvice() {}

  /** The driver. */
  static String driver() {
    return ARM
        ? "on a Jetson it comes with the system (nvidia-l4t-cuda; in a container: --runtime nvidia), on a server with nvidia-driver-580-server"
        : "install it (Ubuntu: nvidia-driver-580, Debian: nvidia-driver; in a container: --gpus all)";
  }

  /**
   * TensorRT.
   *
   * @param cuda major of CUDA that the bindings are for
   */
  static String tensorRt(int cuda) {
    return "apt-get install libnvinfer10 libnvinfer-plugin10 libnvonnxparsers10 (on a Jetson: nvidia-jetpack), pip install 'tensorrt-cu%d<11'%s, or name its folder by TENSORRT_HOME or -D%s"
        .formatted(cuda, jar("tensorrt"), TrtLibrary.PROPERTY);
  }

  /** The run-time compiler. */
  static String nvrtc(int cuda) {
    return "apt-get install cuda-nvrtc-%d-%d (on a Jetson: nvidia-jetpack), pip install %s, or name its folder by CUDA_HOME or -D%s"
        .formatted(
            cuda,
            cuda == 12 ? 6 : 1,
            cuda == 12 ? "nvidia-cuda-nvrtc-cu12" : "nvidia-cuda-nvrtc",
            Nvrtc.PROPERTY);
  }

  /** The jar of NVIDIA's libraries, which there is for x86-64 only. */
  private static String jar(String name) {
    if (ARM) {
      return "";
    }
    try {
      String version = Loader.getVersion("org.bytedeco", name);
      return version == null
          ? ""
          : ", org.bytedeco:%s:%s:linux-x86_64-redist on the class path".formatted(name, version);
    } catch (IOException e) {
      // The bindings have been packed into another jar, which does not say.
      return "";
    }
  }
}
