package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.internal.CacheFolder;
import dev.avocet.core.net.NetOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The checked options of one network.
 *
 * @param device where it runs
 * @param cache where compiled networks are kept
 * @param shapes for how many shapes of its inputs a network stays compiled
 * @param properties OpenVINO's own, by name
 * @param given names of those that the caller named
 */
record OvOptions(
    OvDevice device,
    Optional<CacheFolder> cache,
    int shapes,
    SortedMap<String, String> properties,
    Set<String> given) {
  static final String PROFILE = "PERF_COUNT";
  private static final String CACHE = "cache_dir";
  private static final String CACHE_MB = "cache_mb";
  private static final String DEFAULT_CACHE_MB = "1024";
  private static final String SHAPES = "shapes";
  private static final int DEFAULT_SHAPES = 4;
  private static final int MOST_SHAPES = 64;

  /**
   * Checks everything that can be checked without the network.
   *
   * @throws AvocetException INVALID_ARG for an unknown or malformed option
   */
  static OvOptions of(NetOptions options, OvDevice device, OvRuntime runtime) {
    SortedMap<String, String> own = new TreeMap<>(options.properties());
    long limit =
        cacheMegabytes(Optional.ofNullable(own.remove(CACHE_MB)).orElse(DEFAULT_CACHE_MB)) << 20;
    Optional<CacheFolder> cache =
        Optional.ofNullable(own.remove(CACHE))
            .or(() -> Optional.ofNullable(own.remove("CACHE_DIR")))
            .map(text -> new CacheFolder(path(text), limit, "blob", OvDigest::of));
    int shapes =
        Optional.ofNullable(own.remove(SHAPES)).map(OvOptions::shapes).orElse(DEFAULT_SHAPES);
    checkKnown(own.keySet(), device, runtime);
    SortedMap<String, String> properties = defaults(options, device, runtime);
    properties.putAll(own);
    if (properties.size() > OvCompile.MOST) {
      throw AvocetException.invalidArgument(
          "%d OpenVINO properties, at most %d can be given"
              .formatted(properties.size(), OvCompile.MOST));
    }
    return new OvOptions(device, cache, shapes, properties, Set.copyOf(own.keySet()));
  }

  private static SortedMap<String, String> defaults(
      NetOptions options, OvDevice device, OvRuntime runtime) {
    SortedMap<String, String> properties = new TreeMap<>();
    boolean one = options.concurrency() == 1;
    properties.put("PERFORMANCE_HINT", one ? "LATENCY" : "THROUGHPUT");
    if (!one) {
      properties.put("PERFORMANCE_HINT_NUM_REQUESTS", Integer.toString(options.concurrency()));
    }
    if (device.isProcessor()) {
      // Left to itself it may take half precision where the processor has it.
      properties.put("INFERENCE_PRECISION_HINT", "f32");
      int threads =
          options.threads() == 0
              ? options.effectiveThreads()
              : options.threads() * options.concurrency();
      properties.put("INFERENCE_NUM_THREADS", Integer.toString(threads));
      // 2024 pins, 2026 does not; a pinned worker waits for its core while another one is free.
      properties.put("ENABLE_CPU_PINNING", "NO");
      if (!one) {
        properties.put("NUM_STREAMS", Integer.toString(options.concurrency()));
      }
    } else if (device.members().stream()
        .filter(runtime.devices()::contains)
        .allMatch(member -> runtime.hasCapability(member, "FP32"))) {
      // Devices that are not there do not count: AUTO and MULTI pass over them.
      properties.put("INFERENCE_PRECISION_HINT", "f32");
    }
    return properties;
  }

  private static void checkKnown(Set<String> names, OvDevice device, OvRuntime runtime) {
    Set<String> known = new TreeSet<>();
    if (!device.isVirtual()) {
      runtime
          .property(device.name(), "SUPPORTED_PROPERTIES")
          .ifPresent(words -> known.addAll(List.of(words.split("[\\s,:]+"))));
    }
    for (String name : names) {
      boolean form = name.matches("[A-Z][A-Z0-9_]*");
      if (!form || (!known.isEmpty() && !known.contains(name))) {
        throw AvocetException.invalidArgument(
            "option \"%s\" is not known to openvino; known are %s and the properties of %s: %s"
                .formatted(
                    name,
                    List.of(CACHE, CACHE_MB, SHAPES),
                    device.name(),
                    known.isEmpty()
                        ? "names in capitals"
                        : known.stream()
                            .filter(k -> k.matches("[A-Z][A-Z0-9_]*"))
                            .collect(Collectors.joining(", "))));
      }
    }
  }

  private static Path path(String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text).toAbsolutePath();
      }
    } catch (InvalidPathException e) {
      throw new AvocetException(
          dev.avocet.core.Status.INVALID_ARG, CACHE + "=\"" + text + "\": expected a path", e);
    }
    throw AvocetException.invalidArgument(CACHE + "=\"" + text + "\": expected a path");
  }

  private static long cacheMegabytes(String text) {
    if (!text.matches("[1-9][0-9]{0,6}")) {
      throw AvocetException.invalidArgument(
          "%s=\"%s\": expected 1 to 9999999".formatted(CACHE_MB, text));
    }
    return Long.parseLong(text);
  }

  private static int shapes(String text) {
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > MOST_SHAPES) {
      throw AvocetException.invalidArgument(
          "%s=\"%s\": expected 0 to %d".formatted(SHAPES, text, MOST_SHAPES));
    }
    return Integer.parseInt(text);
  }

  /** Whether layers are timed. */
  boolean profiles() {
    return "YES".equals(properties.get(PROFILE));
  }
}
