package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.internal.LibraryFiles;
import dev.avocet.core.internal.Natives;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds and loads what the engine needs of NVIDIA: the driver, TensorRT with its parser and
 * plugins, and the run-time compiler, for everybody in the process to see, then the bindings on
 * top. The bindings name more libraries as needed (cuBLAS, cuDNN, the CUDA runtime), of which
 * nothing is called; those are not loaded.
 *
 * @param version of TensorRT
 * @param nvrtcMissing why nothing can be compiled for the GPU, with what to do; empty where it can
 */
record TrtLibrary(TrtVersion version, Optional<String> nvrtcMissing) {
  /** System property: TensorRT's {@code libnvinfer.so.10}, or the folder that has it. */
  static final String PROPERTY = "avocet.tensorrt.library";

  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);

  /** Where libraries are in an archive of TensorRT, a wheel, a package. */
  private static final List<String> BELOW_HOME = List.of("lib", "tensorrt_libs", "");

  /** In the order in which they need one another. */
  private static final List<String> TENSORRT = List.of("nvinfer", "nvinfer_plugin", "nvonnxparser");

  /** JavaCPP's own library, which is always there. */
  private static final String JAVACPP = "jnijavacpp";

  /**
   * Loads all.
   *
   * @throws UnsatisfiedLinkError naming everything that is missing, with where it was looked for
   *     and how to get it
   * @throws AvocetException NOT_SUPPORTED where the release is not served
   */
  static TrtLibrary load() {
    Natives.prepare();
    NvidiaNames names = new NvidiaNames();
    List<String> missing = new ArrayList<>();
    CudaDriver.load(names).ifPresent(missing::add);
    TrtPacked.absence().ifPresent(missing::add);
    // Without a GPU nothing of TensorRT is loaded, and nothing unpacked.
    (missing.isEmpty() ? loadAll(names) : notThere(names)).ifPresent(missing::add);
    if (!missing.isEmpty()) {
      // Not needed, but as well named now as after the next try.
      Nvrtc.notThere(names).ifPresent(missing::add);
      throw new UnsatisfiedLinkError(String.join(". ", missing));
    }
    Optional<String> noCompiler = Nvrtc.load(names, CudaDevice.newestCuda());
    noCompiler.ifPresent(LOG::info);
    return bind(names, noCompiler);
  }

  /** Loads TensorRT's libraries; or why not. */
  static Optional<String> loadAll(NvidiaNames names) {
    return TENSORRT.stream().flatMap(library -> load(names, library).stream()).findFirst();
  }

  /** What of TensorRT lies in none of the places. */
  private static Optional<String> notThere(NvidiaNames names) {
    return TENSORRT.stream()
        .map(library -> search(names.file(library)))
        .filter(search -> !search.isFound())
        .map(search -> absence(names, search))
        .findFirst();
  }

  /**
   * Loads the bindings and looks at the release.
   *
   * @throws AvocetException NOT_SUPPORTED where it is not served
   */
  static TrtLibrary bind(NvidiaNames names, Optional<String> noCompiler) {
    register(names, noCompiler.isEmpty());
    Loader.load(nvonnxparser.class);
    NvidiaFunctions.check(names.file("nvinfer"), NvidiaFunctions.TENSORRT, TrtVersions.SERVED);
    NvidiaFunctions.check(names.file("nvonnxparser"), NvidiaFunctions.PARSER, TrtVersions.SERVED);
    NvidiaFunctions.check(
        names.file("nvinfer_plugin"), NvidiaFunctions.PLUGINS, TrtVersions.SERVED);
    TrtVersions versions =
        new TrtVersions(
            TrtVersion.of(nvinfer.getInferLibVersion()),
            new TrtVersion(
                nvinfer.NV_TENSORRT_MAJOR, nvinfer.NV_TENSORRT_MINOR, nvinfer.NV_TENSORRT_PATCH),
            names.cuda());
    versions
        .objection()
        .ifPresent(
            reason -> {
              throw AvocetException.notSupported(reason);
            });
    versions.warning().ifPresent(LOG::warn);
    return new TrtLibrary(versions.loaded(), noCompiler);
  }

  /** Looks for one of TensorRT's libraries. */
  static NvidiaFiles search(String file) {
    return new NvidiaFiles(file)
        .property(PROPERTY, BELOW_HOME)
        .environment("TENSORRT_HOME", BELOW_HOME)
        .jar("org/bytedeco/tensorrt")
        .system("tensorrt", BELOW_HOME)
        .wheels(List.of("tensorrt_libs"));
  }

  private static Optional<String> load(NvidiaNames names, String library) {
    NvidiaFiles search = search(names.file(library));
    try {
      Optional<Path> file = search.file(names.besides());
      // Where no place has it, the system's loader may know one.
      Loader.loadGlobal(file.map(Path::toString).orElse(search.name()));
      file.ifPresent(path -> register(path, names.link(library)));
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      return search.isFound()
          ? Optional.of("TensorRT cannot be loaded: " + flaw(names, search, e))
          : Optional.of(absence(names, search));
    }
  }

  private static String flaw(NvidiaNames names, NvidiaFiles search, UnsatisfiedLinkError error) {
    return search
        .file(names.besides())
        .flatMap(path -> LibraryFiles.flaw(path).map(flaw -> path + ": " + flaw))
        .orElse(error.getMessage());
  }

  private static String absence(NvidiaNames names, NvidiaFiles search) {
    return "TensorRT (%s) is missing in %s: %s"
        .formatted(search.name(), search.looked(), NvidiaAdvice.tensorRt(names.cuda()));
  }

  /**
   * Tells JavaCPP that the rest is there, which it would look for all over the machine and load:
   * gigabytes of which nothing is called. An application that calls cuBLAS or cuDNN by the same
   * bindings loads those first.
   */
  static void register(NvidiaNames names, boolean withCompiler) {
    String javacpp = Loader.getLoadedLibraries().get(JAVACPP);
    if (javacpp != null && new File(javacpp).isAbsolute()) {
      Path anything = Path.of(javacpp);
      names.without(Set.of("cuda")).forEach(link -> register(anything, link));
      register(anything, "jnicublas");
      register(anything, "jnicudnn");
      if (!withCompiler) {
        register(anything, "jninvrtc");
      }
    }
  }

  /** Tells JavaCPP that a library is this file; what it has loaded before stays. */
  private static void register(Path file, String link) {
    try {
      Loader.loadLibrary(Loader.class, new URL[] {file.toUri().toURL()}, link);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(file + " has no address", e);
    }
  }
}
