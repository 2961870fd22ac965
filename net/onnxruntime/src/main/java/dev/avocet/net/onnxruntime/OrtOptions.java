package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.net.NetOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checked options of one network.
 *
 * @param threads threads of one run
 * @param spinMicros how long a thread spins for work before it sleeps; 0 = never
 * @param level ONNX Runtime's GraphOptimizationLevel
 * @param optimizedModel where the optimised network is kept
 * @param providers short names of the execution providers, in order of preference
 * @param fallback whether a provider that cannot be used here is left out instead of an error
 * @param gpu what the providers for NVIDIA's GPUs are told
 * @param customOps library with further operators
 */
record OrtOptions(
    int threads,
    int spinMicros,
    int level,
    Optional<Path> optimizedModel,
    List<String> providers,
    boolean fallback,
    GpuOptions gpu,
    Optional<Path> customOps) {
  /** Short names of execution providers to ONNX Runtime's. */
  static final Map<String, String> PROVIDERS =
      Map.of(
          "cpu", "CPUExecutionProvider",
          "cuda", "CUDAExecutionProvider",
          "tensorrt", "TensorrtExecutionProvider",
          "xnnpack", "XnnpackExecutionProvider");

  private static final String SPIN = "spin_us";

  /**
   * Long enough for the gaps between two operators of a network, too short to keep a busy box from
   * its other work: as fast as endless spinning on an idle box, as fast as none beside others.
   */
  private static final String DEFAULT_SPIN = "20";

  private static final String LEVEL = "graph_optimization";
  private static final String OPTIMIZED_MODEL = "optimized_model";
  private static final String PROVIDER_LIST = "providers";
  private static final String FALLBACK = "provider_fallback";
  private static final String CUSTOM_OPS = "custom_ops_library";
  private static final Set<String> KNOWN =
      Set.of(SPIN, LEVEL, OPTIMIZED_MODEL, PROVIDER_LIST, FALLBACK, CUSTOM_OPS);

  /** Providers of device cuda. */
  private static final Set<String> ON_GPU = Set.of("cuda", "tensorrt");

  private static final Map<String, Integer> LEVELS =
      new TreeMap<>(Map.of("disable", 0, "basic", 1, "extended", 2, "all", 99));

  /**
   * Checks everything that can be checked without the network.
   *
   * @param compiledIn ONNX Runtime's names of the execution providers in its library
   * @throws AvocetException INVALID_ARG, NOT_SUPPORTED or FILE_NOT_FOUND
   */
  static OrtOptions of(NetOptions options, Device device, Set<String> compiledIn) {
    Map<String, String> given = options.properties();
    Set<String> known = new HashSet<>(KNOWN);
    known.addAll(GpuOptions.KNOWN);
    given.keySet().stream().filter(GpuOptions::handsOn).forEach(known::add);
    options.checkKnown("onnxruntime", known);
    boolean fallback = flag(FALLBACK, given.getOrDefault(FALLBACK, "false"));
    List<String> asked = providers(given.get(PROVIDER_LIST), device, compiledIn);
    if (given.containsKey(OPTIMIZED_MODEL) && (fallback || asked.contains("tensorrt"))) {
      throw AvocetException.invalidArgument(
          "%s goes neither with provider \"tensorrt\", which has tensorrt_cache_dir, nor with %s=true"
              .formatted(OPTIMIZED_MODEL, FALLBACK));
    }
    return new OrtOptions(
        options.effectiveThreads(),
        spinMicros(given.getOrDefault(SPIN, DEFAULT_SPIN)),
        level(given.getOrDefault(LEVEL, "all")),
        Optional.ofNullable(given.get(OPTIMIZED_MODEL)).map(text -> path(OPTIMIZED_MODEL, text)),
        fallback ? asked : compiledIn(asked, device, compiledIn),
        fallback,
        GpuOptions.of(given, device.index(), asked),
        Optional.ofNullable(given.get(CUSTOM_OPS)).map(OrtOptions::customOps));
  }

  /** Short names of what is compiled in, sorted. */
  static List<String> shortNames(Set<String> compiledIn) {
    return PROVIDERS.keySet().stream()
        .filter(name -> compiledIn.contains(PROVIDERS.get(name)))
        .sorted()
        .toList();
  }

  private static int spinMicros(String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw bad(SPIN, text, "0 to 999999 microseconds");
    }
    return Integer.parseInt(text);
  }

  private static int level(String text) {
    Integer level = LEVELS.get(text);
    if (level == null) {
      throw bad(LEVEL, text, "one of " + LEVELS.keySet());
    }
    return level;
  }

  private static Path customOps(String text) {
    Path path = path(CUSTOM_OPS, text);
    if (!Files.isRegularFile(path)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, CUSTOM_OPS + "=" + text + ": there is no such file");
    }
    return path;
  }

  private static Path path(String key, String text) {
    if (text.isBlank()) {
      throw bad(key, text, "a path");
    }
    try {
      return Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new AvocetException(Status.INVALID_ARG, key + "=\"" + text + "\": expected a path", e);
    }
  }

  private static List<String> providers(String text, Device device, Set<String> compiledIn) {
    boolean cuda = device.name().equalsIgnoreCase("cuda");
    if (!cuda && !device.name().equalsIgnoreCase("cpu")) {
      throw AvocetException.notSupported(
          "device=%s: ONNX Runtime runs here on %s".formatted(device, devices(compiledIn)));
    }
    List<String> list =
        text == null ? (cuda ? List.of("cuda", "cpu") : List.of("cpu")) : List.of(text.split(","));
    for (String name : list) {
      if (!PROVIDERS.containsKey(name)) {
        throw bad(
            PROVIDER_LIST,
            text,
            "a comma list of " + PROVIDERS.keySet().stream().sorted().toList());
      }
    }
    if (list.stream().anyMatch(ON_GPU::contains) != cuda) {
      throw AvocetException.invalidArgument(
          "device=%s providers=%s: \"cuda\" and \"tensorrt\" belong to device cuda and to no other"
              .formatted(device, text));
    }
    return list;
  }

  private static List<String> devices(Set<String> compiledIn) {
    return compiledIn.contains(PROVIDERS.get("cuda")) ? List.of("cpu", "cuda") : List.of("cpu");
  }

  private static List<String> compiledIn(
      List<String> asked, Device device, Set<String> compiledIn) {
    List<String> there = shortNames(compiledIn);
    for (String name : asked) {
      if (!there.contains(name)) {
        throw AvocetException.notSupported(
            "device=%s providers=%s: \"%s\" is not in this build of ONNX Runtime, which has %s; %s"
                .formatted(device, String.join(",", asked), name, there, OrtLibrary.OTHER_BUILD));
      }
    }
    return asked;
  }

  private static boolean flag(String key, String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw bad(key, value, "true or false");
    }
    return value.equals("true");
  }

  private static AvocetException bad(String key, String value, String expected) {
    return AvocetException.invalidArgument(key + "=\"" + value + "\": expected " + expected);
  }
}
