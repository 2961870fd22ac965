package dev.avocet.net.onnxruntime;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to get where a provider for NVIDIA's GPUs does not load, by the words of its failure. */
final class GpuLibraries {
  /** As the dynamic linker puts it: the name, and the release where the name ends with one. */
  private static final Pattern MISSING =
      Pattern.compile("((lib[\\w+-]+)\\.so(?:\\.(\\d+)[\\d.]*)?): cannot open shared object file");

  /** As CUDA's runtime puts it, by the text of its errors 35, 100 and 999 or by their names. */
  private static final Pattern NO_GPU =
      Pattern.compile(
          "CUDA driver version is insufficient|no CUDA-capable device|cudaErrorInsufficientDriver"
              + "|cudaErrorNoDevice|CUDA failure (35|100|999)\\b");

  private GpuLibraries() {}

  /** A sentence without its end, or empty where the words name nothing that is known. */
  static Optional<String> advice(String failure) {
    Matcher missing = MISSING.matcher(failure);
    if (missing.find()) {
      String release = missing.group(3) == null ? "" : " " + missing.group(3);
      return Optional.of(
          "%s is missing: %s".formatted(missing.group(1), source(missing.group(2), release)));
    }
    return NO_GPU.matcher(failure).find()
        ? Optional.of("NVIDIA's driver is missing or too old, or there is no such GPU: nvidia-smi")
        : Optional.empty();
  }

  private static String source(String library, String release) {
    if (library.startsWith("libonnxruntime_providers_")) {
      return "it has to lie beside libonnxruntime.so, and comes with it in builds for GPUs"
          + " (com.microsoft.onnxruntime:onnxruntime_gpu)";
    }
    String product =
        library.equals("libcuda")
            ? "NVIDIA's driver"
            : library.startsWith("libcudnn")
                ? "cuDNN" + release
                : library.startsWith("libnv") && !library.startsWith("libnvrtc")
                    ? "TensorRT" + release
                    : "CUDA" + cuda(library, release);
    return "install %s, or name its folder in LD_LIBRARY_PATH".formatted(product);
  }

  /** cuFFT and cuRAND count on their own. */
  private static String cuda(String library, String release) {
    return library.equals("libcufft") || library.equals("libcurand") ? "'s " + library : release;
  }
}
