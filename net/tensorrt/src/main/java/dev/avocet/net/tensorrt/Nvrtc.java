package dev.avocet.net.tensorrt;

import dev.avocet.core.internal.LibraryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/**
 * CUDA's run-time compiler, which compiles the preprocessing for the GPU. Networks run without it.
 */
final class Nvrtc {
  /** System property: the library, or the folder that has it. */
  static final String PROPERTY = "avocet.nvrtc.library";

  private static final String TARGET =
      Loader.getPlatform().equals("linux-arm64") ? "aarch64-linux" : "x86_64-linux";

  /** Where libraries are in an installation of CUDA. */
  private static final List<String> BELOW_HOME =
      List.of("lib64", "targets/" + TARGET + "/lib", "lib", "");

  private Nvrtc() {}

  /**
   * Loads the compiler.
   *
   * @param driver newest CUDA that the driver serves, 1000 x major + 10 x minor
   * @return why nothing can be compiled, with what to do; empty where it can
   */
  static Optional<String> load(NvidiaNames names, int driver) {
    NvidiaFiles search = search(names);
    Optional<String> missing = tryLoad(names, search);
    if (missing.isPresent()) {
      return missing;
    }
    List<String> lacking = NvidiaFunctions.missing(NvidiaFunctions.NVRTC);
    if (!lacking.isEmpty()) {
      return Optional.of(
          "CUDA's compiler NVRTC (%s) is damaged, it has no %s; %s"
              .formatted(search.name(), lacking.get(0), NvidiaAdvice.nvrtc(names.cuda())));
    }
    return TrtVersions.compilerObjection(names.cuda(), driver);
  }

  /** That it lies in none of the places, with what to do. */
  static Optional<String> notThere(NvidiaNames names) {
    NvidiaFiles search = search(names);
    return search.isFound() ? Optional.empty() : Optional.of(absence(names, search));
  }

  private static NvidiaFiles search(NvidiaNames names) {
    return new NvidiaFiles(names.file("nvrtc"))
        .property(PROPERTY, BELOW_HOME)
        .environment("CUDA_HOME", BELOW_HOME)
        .jar("org/bytedeco/cuda")
        .system("cuda", BELOW_HOME)
        .wheels(List.of("nvidia/cu%d/lib".formatted(names.cuda()), "nvidia/cuda_nvrtc/lib"));
  }

  private static Optional<String> tryLoad(NvidiaNames names, NvidiaFiles search) {
    try {
      Optional<Path> file = search.file(names.besides());
      // It opens the builtins by their name alone.
      file.map(library -> LibraryFiles.list(library.getParent(), "libnvrtc-builtins.so.*"))
          .ifPresent(
              builtins -> builtins.forEach(library -> Loader.loadGlobal(library.toString())));
      Loader.loadGlobal(file.map(Path::toString).orElse(search.name()));
      return Optional.empty();
    } catch (UnsatisfiedLinkError e) {
      return Optional.of(absence(names, search, e));
    }
  }

  private static String absence(NvidiaNames names, NvidiaFiles search, UnsatisfiedLinkError error) {
    return search.isFound()
        ? "CUDA's compiler NVRTC cannot be loaded: " + error.getMessage()
        : absence(names, search);
  }

  private static String absence(NvidiaNames names, NvidiaFiles search) {
    return "CUDA's compiler NVRTC (%s), without which pictures are prepared on the processor, is missing in %s: %s"
        .formatted(
            search.name(),
            search.looked(),
            search
                .otherMajor()
                .map(found -> TrtVersions.otherCuda(found, names.cuda()))
                .orElse(NvidiaAdvice.nvrtc(names.cuda())));
  }
}
