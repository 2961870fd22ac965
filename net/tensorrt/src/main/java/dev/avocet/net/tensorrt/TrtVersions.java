package dev.avocet.net.tensorrt;

import java.util.Optional;

/**
 * Which release of TensorRT serves which build of Avocet. Releases of one major only ever append
 * functions; none is called that 10.3 does not have.
 *
 * @param loaded the library's release
 * @param compiled that of the bindings
 * @param cuda the major of CUDA that the bindings are for
 */
record TrtVersions(TrtVersion loaded, TrtVersion compiled, int cuda) {
  /** The oldest that is served, that of JetPack 6.1. */
  private static final TrtVersion OLDEST = new TrtVersion(10, 3, 0);

  /** The newest that is the profile's. */
  private static final TrtVersion NEWEST_OF_JETPACK6 = new TrtVersion(10, 7, Integer.MAX_VALUE);

  /** What is to be had, for messages. */
  static final String SERVED =
      "Avocet serves TensorRT 10.3 and later of major 10: built as it is for CUDA 13 (JetPack 7, desktops), with mvn -P jetpack6 for CUDA 12 (JetPack 6.1 and 6.2)";

  /** Why these do not go together, with what to do; empty where they do. */
  Optional<String> objection() {
    if (loaded.major() == compiled.major() && loaded.compareTo(OLDEST) >= 0) {
      return Optional.empty();
    }
    String advice =
        loaded.major() > compiled.major()
            ? "install TensorRT %d beside or instead of it".formatted(compiled.major())
            : "update it; JetPack 6.0 and older have none that is served, 6.1 has 10.3";
    return Optional.of(
        "TensorRT %s is loaded and Avocet is compiled for %s: %s; %s"
            .formatted(loaded, compiled, advice, SERVED));
  }

  /** What to say once where they go together but differ; empty where they are of one minor. */
  Optional<String> warning() {
    if (loaded.major() == compiled.major() && loaded.minor() == compiled.minor()) {
      return Optional.empty();
    }
    String advice =
        jetpack6() && cuda > 12
            ? "; if this is JetPack 6, use the build for it (mvn -P jetpack6)"
            : "";
    return Optional.of(
        "TensorRT %s is loaded and Avocet is compiled for %s: only what both have is used%s"
            .formatted(loaded, compiled, advice));
  }

  /** Whether the library is one of those that JetPack 6 has or takes. */
  private boolean jetpack6() {
    return loaded.compareTo(OLDEST) >= 0 && loaded.compareTo(NEWEST_OF_JETPACK6) <= 0;
  }

  /**
   * Why a compiler's code does not run, with what to do; empty where it does. A driver runs what
   * compilers of its own and of earlier majors of CUDA make.
   *
   * @param compiler major of CUDA of the compiler
   * @param driver newest CUDA that the driver serves, 1000 x major + 10 x minor
   */
  static Optional<String> compilerObjection(int compiler, int driver) {
    return driver / 1000 >= compiler
        ? Optional.empty()
        : Optional.of(
            "the driver serves CUDA %d.%d and Avocet's preprocessing for the GPU is compiled by CUDA %d: %s"
                .formatted(
                    driver / 1000,
                    driver % 1000 / 10,
                    compiler,
                    driver / 1000 == 12
                        ? "update the driver (580 or later), on JetPack 6 use the build for it (mvn -P jetpack6)"
                        : "update the driver"));
  }

  /**
   * How to go on where the machine's CUDA is of another major than the bindings'.
   *
   * @param found the major of CUDA that is there
   */
  static String otherCuda(int found, int needed) {
    return found == 12 && needed == 13
        ? "CUDA %d is there and Avocet is built for %d: on JetPack 6 use the build for it (mvn -P jetpack6), elsewhere install that of CUDA %d beside"
            .formatted(found, needed, needed)
        : found == 13 && needed == 12
            ? "CUDA %d is there and Avocet is built for %d by the profile jetpack6: use the default build (mvn without -P jetpack6)"
                .formatted(found, needed)
            : "CUDA %d is there and Avocet is built for %d: install that one beside"
                .formatted(found, needed);
  }
}
