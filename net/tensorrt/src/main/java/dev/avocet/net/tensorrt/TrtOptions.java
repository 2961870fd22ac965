package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.net.NetOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checked options of one network.
 *
 * @param deviceIndex which GPU
 * @param precision in which types it computes
 * @param calibration folder of tensors or a calibration table, for INT8 without quantisation nodes
 * @param dla core of the deep learning accelerator, -1 for the GPU
 * @param gpuFallback whether layers that the accelerator cannot run go to the GPU
 * @param ranges shapes of inputs, by name, that the caller has named
 * @param workspace most bytes of the GPU's memory that building and running may use at a time
 * @param level how hard the builder tries, 0 to 5
 * @param cache where engines are kept
 * @param cacheBytes most bytes that the engines there may have together
 * @param timingCache file of measured times of layers; where it is the folder {@code cache}, a file
 *     there that is named by the GPU
 * @param plugins libraries with operators
 * @param cudaGraph whether runs are recorded and replayed
 * @param mapped whether the GPU uses memory of the host where it lies; empty to measure it
 * @param profile whether layers are timed
 */
record TrtOptions(
    int deviceIndex,
    TrtPrecision precision,
    Optional<Path> calibration,
    int dla,
    boolean gpuFallback,
    Map<String, TrtRange> ranges,
    OptionalLong workspace,
    OptionalInt level,
    Optional<Path> cache,
    long cacheBytes,
    Optional<Path> timingCache,
    List<Path> plugins,
    boolean cudaGraph,
    Optional<Boolean> mapped,
    boolean profile) {
  private static final String PRECISION = "precision";
  private static final String CALIBRATION = "calibration";
  private static final String DLA = "dla";
  private static final String GPU_FALLBACK = "gpu_fallback";
  static final String PROFILE = "profile";
  private static final String WORKSPACE = "workspace_mb";
  private static final String LEVEL = "builder_level";
  static final String CACHE = "cache_dir";
  private static final String CACHE_MB = "cache_mb";
  static final String TIMING = "timing_cache";
  static final String PLUGINS = "plugins";
  private static final String GRAPH = "cuda_graph";
  private static final String MAPPED = "mapped";
  private static final String LAYERS = "profile_layers";
  private static final Set<String> KNOWN =
      Set.of(
          PRECISION,
          CALIBRATION,
          DLA,
          GPU_FALLBACK,
          PROFILE,
          WORKSPACE,
          LEVEL,
          CACHE,
          CACHE_MB,
          TIMING,
          PLUGINS,
          GRAPH,
          MAPPED,
          LAYERS);

  /** Instead of a path. */
  private static final String NONE = "none";

  private static final long MEGABYTE = 1L << 20;
  private static final long DEFAULT_CACHE_MB = 4096;

  /** Copies the collections. */
  TrtOptions {
    ranges = Map.copyOf(ranges);
    plugins = List.copyOf(plugins);
  }

  /**
   * Checks everything that can be checked without the network and the GPU.
   *
   * @throws AvocetException INVALID_ARG for an unknown or malformed option, FILE_NOT_FOUND for a
   *     file that is not there
   */
  static TrtOptions of(NetOptions options, Device device) {
    options.checkKnown("tensorrt", KNOWN);
    Map<String, String> given = options.properties();
    TrtPrecision precision = precision(given.getOrDefault(PRECISION, "fp32"));
    Optional<Path> cache = cache(given);
    TrtOptions checked =
        new TrtOptions(
            device.index(),
            precision,
            Optional.ofNullable(given.get(CALIBRATION)).map(text -> existing(CALIBRATION, text)),
            number(given, DLA, 0, 15).orElse(-1),
            flag(given, GPU_FALLBACK, true),
            ranges(given.get(PROFILE)),
            megabytes(given, WORKSPACE),
            number(given, LEVEL, 0, 5),
            cache,
            megabytes(given, CACHE_MB).orElse(DEFAULT_CACHE_MB * MEGABYTE),
            timing(given.get(TIMING), cache),
            plugins(given.get(PLUGINS)),
            flag(given, GRAPH, true),
            mapped(given.getOrDefault(MAPPED, "auto")),
            flag(given, LAYERS, false));
    checked.checkTogether(given);
    return checked;
  }

  private void checkTogether(Map<String, String> given) {
    if (calibration.isPresent() && precision != TrtPrecision.INT8) {
      throw AvocetException.invalidArgument(
          "calibration=%s is for precision=int8, not for precision=%s"
              .formatted(given.get(CALIBRATION), precision.text()));
    }
    if (dla < 0 && given.containsKey(GPU_FALLBACK)) {
      throw AvocetException.invalidArgument(
          "gpu_fallback=%s is for a network on dla=CORE".formatted(given.get(GPU_FALLBACK)));
    }
    if (dla >= 0 && precision != TrtPrecision.FP16 && precision != TrtPrecision.INT8) {
      throw AvocetException.invalidArgument(
          "dla=%d computes in precision=fp16 or int8, not in precision=%s"
              .formatted(dla, precision.text()));
    }
  }

  private static TrtPrecision precision(String text) {
    return TrtPrecision.of(text)
        .orElseThrow(() -> malformed(PRECISION, text, "one of " + TrtPrecision.texts()));
  }

  private static Map<String, TrtRange> ranges(String text) {
    Map<String, TrtRange> ranges = new TreeMap<>();
    if (text == null) {
      return ranges;
    }
    for (String part : text.split(";", -1)) {
      // The last: some exporters put a colon into names.
      int colon = part.lastIndexOf(':');
      if (colon < 1) {
        throw malformed(PROFILE, text, "INPUT:SMALLEST,BEST,LARGEST, several separated by ;");
      }
      String name = part.substring(0, colon);
      try {
        if (ranges.put(name, TrtRange.parse(part.substring(colon + 1))) != null) {
          throw malformed(PROFILE, text, "input \"" + name + "\" once");
        }
      } catch (AvocetException e) {
        throw new AvocetException(e.status(), "profile: input " + name + ": " + e.getMessage(), e);
      }
    }
    return ranges;
  }

  private static Optional<Path> cache(Map<String, String> given) {
    String text = given.get(CACHE);
    if (text == null) {
      return Optional.of(Natives.cacheFolder().resolve("tensorrt"));
    }
    return text.equals(NONE) ? Optional.empty() : Optional.of(path(CACHE, text));
  }

  private static Optional<Path> timing(String text, Optional<Path> cache) {
    if (text == null) {
      return cache;
    }
    return text.equals(NONE) ? Optional.empty() : Optional.of(path(TIMING, text));
  }

  private static List<Path> plugins(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(":", -1)).map(part -> existing(PLUGINS, part)).toList();
  }

  private static Optional<Boolean> mapped(String text) {
    return switch (text) {
      case "auto" -> Optional.empty();
      case "true", "false" -> Optional.of(Boolean.valueOf(text));
      default -> throw malformed(MAPPED, text, "true, false or auto");
    };
  }

  private static boolean flag(Map<String, String> given, String key, boolean absent) {
    String text = given.getOrDefault(key, Boolean.toString(absent));
    if (!text.equals("true") && !text.equals("false")) {
      throw malformed(key, text, "true or false");
    }
    return Boolean.parseBoolean(text);
  }

  private static OptionalInt number(Map<String, String> given, String key, int least, int most) {
    String text = given.get(key);
    if (text == null) {
      return OptionalInt.empty();
    }
    int value = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    if (value < least || value > most) {
      throw malformed(key, text, least + " to " + most);
    }
    return OptionalInt.of(value);
  }

  private static OptionalLong megabytes(Map<String, String> given, String key) {
    String text = given.get(key);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw malformed(key, text, "1 to 9999999");
    }
    return OptionalLong.of(Long.parseLong(text) * MEGABYTE);
  }

  private static Path existing(String key, String text) {
    Path path = path(key, text);
    if (!Files.exists(path)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "%s=%s: there is no such file".formatted(key, text));
    }
    return path;
  }

  private static Path path(String key, String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text).toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      throw new AvocetException(
          Status.INVALID_ARG, "%s=\"%s\": expected a path".formatted(key, text), e);
    }
    throw malformed(key, text, "a path");
  }

  private static AvocetException malformed(String key, String text, String expected) {
    return AvocetException.invalidArgument("%s=\"%s\": expected %s".formatted(key, text, expected));
  }

  /** What changes the engine that is built, but for the files that are named. */
  String building() {
    return "precision=%s dla=%d gpu_fallback=%s profile=%s workspace=%s builder_level=%s"
        .formatted(precision.text(), dla, gpuFallback, new TreeMap<>(ranges), workspace, level);
  }
}
