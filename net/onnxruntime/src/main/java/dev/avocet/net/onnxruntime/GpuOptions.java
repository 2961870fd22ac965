package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What ONNX Runtime's providers for NVIDIA's GPUs are told, in its own keys and values (its
 * documentation of the TensorRT and the CUDA execution provider).
 *
 * @param tensorrt for TensorRT's
 * @param cuda for CUDA's
 */
record GpuOptions(Map<String, String> tensorrt, Map<String, String> cuda) {
  private static final String FP16 = "tensorrt_fp16";
  private static final String CACHE = "tensorrt_cache_dir";
  private static final String WORKSPACE = "tensorrt_workspace_mb";
  private static final String MEMORY = "cuda_memory_mb";

  /** Keys of ONNX Runtime's, all of which begin so. */
  private static final String OF_TENSORRT = "trt_";

  /** Before keys of ONNX Runtime's, which have no beginning in common. */
  private static final String OF_CUDA = "cuda.";

  private static final long MEGABYTE = 1 << 20;

  /** Our own keys. */
  static final Set<String> KNOWN = Set.of(FP16, CACHE, WORKSPACE, MEMORY);

  /** Whether ONNX Runtime gets a key of ours as it is, and checks it. */
  static boolean handsOn(String key) {
    return key.startsWith(OF_TENSORRT)
        || (key.startsWith(OF_CUDA) && key.length() > OF_CUDA.length());
  }

  /**
   * Checks the values of our own keys and that each key is for a provider that is asked for. Makes
   * the folder for engines where it is not there.
   *
   * @param providers short names
   * @throws AvocetException INVALID_ARG, or FAIL where the folder cannot be made
   */
  static GpuOptions of(Map<String, String> given, int deviceIndex, List<String> providers) {
    Map<String, String> tensorrt = new TreeMap<>();
    Map<String, String> cuda = new TreeMap<>();
    given.forEach(
        (key, value) -> {
          switch (key) {
            case FP16 -> tensorrt.put("trt_fp16_enable", flag(key, value));
            case CACHE -> cache(tensorrt, value);
            case WORKSPACE -> tensorrt.put("trt_max_workspace_size", bytes(key, value));
            case MEMORY -> cuda.put("gpu_mem_limit", bytes(key, value));
            default -> {
              if (key.startsWith(OF_TENSORRT)) {
                tensorrt.put(key, value);
              } else if (key.startsWith(OF_CUDA)) {
                cuda.put(key.substring(OF_CUDA.length()), value);
              }
            }
          }
        });
    checkUsed("tensorrt", tensorrt, providers);
    checkUsed("cuda", cuda, providers);
    tensorrt.put("device_id", Integer.toString(deviceIndex));
    cuda.put("device_id", Integer.toString(deviceIndex));
    return new GpuOptions(Map.copyOf(tensorrt), Map.copyOf(cuda));
  }

  private static void checkUsed(String provider, Map<String, String> keys, List<String> providers) {
    if (!keys.isEmpty() && !providers.contains(provider)) {
      throw AvocetException.invalidArgument(
          "%s is for provider \"%s\", which is not in providers=%s"
              .formatted(new ArrayList<>(keys.keySet()), provider, String.join(",", providers)));
    }
  }

  /** Engines, and the times that TensorRT has measured, which shorten the next build. */
  private static void cache(Map<String, String> tensorrt, String text) {
    try {
      if (text.isBlank()) {
        throw bad(CACHE, text, "a folder");
      }
      String folder = Files.createDirectories(Path.of(text).toAbsolutePath()).toString();
      tensorrt.put("trt_engine_cache_enable", "1");
      tensorrt.put("trt_engine_cache_path", folder);
      tensorrt.put("trt_timing_cache_enable", "1");
      tensorrt.put("trt_timing_cache_path", folder);
    } catch (InvalidPathException e) {
      throw new AvocetException(
          Status.INVALID_ARG, CACHE + "=\"" + text + "\": expected a folder", e);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, "%s=%s: %s".formatted(CACHE, text, e), e);
    }
  }

  private static String flag(String key, String value) {
    return switch (value) {
      case "true" -> "1";
      case "false" -> "0";
      default -> throw bad(key, value, "true or false");
    };
  }

  private static String bytes(String key, String value) {
    if (!value.matches("[1-9][0-9]{0,6}")) {
      throw bad(key, value, "1 to 9999999 megabytes (2^20 bytes)");
    }
    return Long.toString(Long.parseLong(value) * MEGABYTE);
  }

  private static AvocetException bad(String key, String value, String expected) {
    return AvocetException.invalidArgument(key + "=\"" + value + "\": expected " + expected);
  }
}
