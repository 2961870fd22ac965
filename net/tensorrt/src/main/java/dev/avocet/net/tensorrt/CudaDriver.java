package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetCount;
import static org.bytedeco.cuda.global.cudart.cuInit;

import dev.avocet.core.internal.EmptyLibrary;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Loader;

/** NVIDIA's driver: whether it is there, answers, and shows a GPU. */
final class CudaDriver {
  /** The driver's numbers ({@code CUresult}) whose own words do not say what to do. */
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(
              34,
              "libcuda.so.1 is the stub of the CUDA toolkit, which only serves to compile; take its folder out of LD_LIBRARY_PATH, and "
                  + NvidiaAdvice.driver()),
          Map.entry(
              35,
              "the driver is older than this CUDA needs; update it (apt-get install nvidia-driver-580)"),
          Map.entry(
              100,
              "the driver is there but shows no GPU; see what nvidia-smi lists, and whether CUDA_VISIBLE_DEVICES hides it"),
          Map.entry(
              101,
              "the driver shows no GPU of the number that CUDA_VISIBLE_DEVICES names; correct or unset it"),
          Map.entry(
              304,
              "the driver could not use the operating system: its devices /dev/nvidia* (a Jetson: /dev/nvhost*, /dev/nvmap) are missing or not for this user; add the user to the groups video and render, or start the container with the GPU"),
          Map.entry(
              800, "this user may not use the GPU; add the user to the groups video and render"),
          Map.entry(
              802,
              "the GPUs are not ready yet; wait for nvidia-persistenced or nvidia-fabricmanager, see systemctl status of both"),
          Map.entry(
              803,
              "the driver's library and its kernel module are of different releases; restart the machine, in a container take the libcuda.so.1 of it away"),
          Map.entry(
              804,
              "the libcuda.so.1 that was found is one for forward compatibility, which this GPU does not take; take the folder cuda/compat out of LD_LIBRARY_PATH, or update the driver"),
          Map.entry(
              999,
              "the driver failed without a reason, as after an update or a suspend; restart the machine, see dmesg"));

  private CudaDriver() {}

  /**
   * Loads the driver and the binding of its functions.
   *
   * @return why no GPU can be used, with what to do; empty where one can
   * @throws UnsatisfiedLinkError if the binding does not load
   */
  static Optional<String> load(NvidiaNames names) {
    String file = names.file("cuda");
    try {
      // By the system's loader alone: only the driver that belongs to the kernel's module will do.
      Loader.loadGlobal(file);
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(
          "NVIDIA's driver (%s) is missing: %s".formatted(reason(file, e), NvidiaAdvice.driver()));
    }
    // The binding names it as needed; none of its functions is called.
    EmptyLibrary.standInForMissing(names.file("cudart"));
    Loader.load(cudart.class);
    NvidiaFunctions.check(
        file,
        NvidiaFunctions.DRIVER,
        "update the driver, on JetPack 6 use the build for it (mvn -P jetpack6)");
    return objection();
  }

  /** The loader's words, but for the ordinary ones. */
  private static String reason(String file, UnsatisfiedLinkError error) {
    return String.valueOf(error.getMessage()).contains("No such file") ? file : error.getMessage();
  }

  private static Optional<String> objection() {
    int result = cuInit(0);
    if (result != CUDA_SUCCESS) {
      return Optional.of(reason(result));
    }
    int[] count = new int[1];
    result = cuDeviceGetCount(count);
    if (result != CUDA_SUCCESS) {
      return Optional.of(reason(result));
    }
    return count[0] > 0 ? Optional.empty() : Optional.of(REASONS.get(100));
  }

  private static String reason(int result) {
    return advice(result)
        .map(words -> "%s (%s)".formatted(words, Cuda.text(result)))
        .orElseGet(() -> "NVIDIA's driver does not start: " + Cuda.text(result));
  }

  /** What a result of the driver means for people, where its own words do not say it. */
  static Optional<String> advice(int result) {
    return Optional.ofNullable(REASONS.get(result));
  }
}
