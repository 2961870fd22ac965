package dev.avocet.net.openvino;

import dev.avocet.core.internal.Natives;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openvino.global.openvino;

/**
 * Finds OpenVINO's C library, loads it for everybody in the process to see, and the binding, which
 * is linked to no release of it, on top.
 */
final class OvLibrary {
  /** System property: the library itself, or the folder that has it. */
  static final String PROPERTY = "avocet.openvino.library";

  private static final List<String> HOMES = List.of("OPENVINO_HOME", "INTEL_OPENVINO_DIR");
  private static final String NAME = "libopenvino_c.so";

  /**
   * Where libraries are in an installation: the archive of either processor, a wheel, a package.
   */
  private static final List<String> BELOW_HOME =
      List.of("runtime/lib/intel64", "runtime/lib/aarch64", "libs", "openvino/libs", "lib", "");

  private final List<String> looked = new ArrayList<>();

  private OvLibrary() {}

  /**
   * Loads both.
   *
   * @throws UnsatisfiedLinkError saying where the library was looked for, and what was wrong there
   */
  static void load() {
    Natives.prepare();
    new OvLibrary().loadFirst();
  }

  private void loadFirst() {
    OvPacked.absence()
        .ifPresent(
            reason -> {
              throw new UnsatisfiedLinkError(reason);
            });
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      if (!tryFolderOrFile(Path.of(named), PROPERTY)) {
        throw new UnsatisfiedLinkError(String.join("; ", looked));
      }
    } else if (!tryHomes() && !tryJar() && !trySystem() && !tryWheels()) {
      throw new UnsatisfiedLinkError(
          "no %s was found; looked at: %s; set OPENVINO_HOME or -D%s to where it is, or install it with pip install openvino"
              .formatted(NAME, String.join("; ", looked), PROPERTY));
    }
    try {
      Loader.load(openvino.class);
      Loader.load(OvCompile.class);
    } catch (LinkageError e) {
      throw error(
          "the binding for %s does not load: %s".formatted(Loader.getPlatform(), reason(e)), e);
    }
  }

  private boolean tryHomes() {
    for (String variable : HOMES) {
      String home = System.getenv(variable);
      if (home == null || home.isBlank()) {
        looked.add(variable + " is not set");
        continue;
      }
      for (String below : BELOW_HOME) {
        if (tryFolder(Path.of(home, below), variable)) {
          return true;
        }
      }
      looked.add(variable + "=" + home + ": there is no " + NAME);
    }
    return false;
  }

  private boolean tryJar() {
    try {
      Optional<Path> folder = OvPacked.folder();
      if (folder.isPresent() && tryFolder(folder.get(), "the jar of natives")) {
        return true;
      }
      looked.add("the jar of natives has no " + NAME);
    } catch (IOException e) {
      looked.add("the jar of natives cannot be unpacked: " + e);
    }
    return false;
  }

  private boolean trySystem() {
    String triplet = Loader.getPlatform().equals("linux-arm64") ? "aarch64" : "x86_64";
    List<Path> folders = new ArrayList<>();
    folders.add(Path.of("/usr/lib/" + triplet + "-linux-gnu"));
    folders.add(Path.of("/usr/lib64"));
    folders.add(Path.of("/usr/local/lib"));
    for (Path installed : list(Path.of("/opt/intel"), "openvino*")) {
      BELOW_HOME.forEach(below -> folders.add(installed.resolve(below)));
    }
    return tryAll(folders, "the system's folders /usr/lib*, /usr/local/lib, /opt/intel/openvino*");
  }

  private boolean tryWheels() {
    List<Path> bases = new ArrayList<>();
    Optional.ofNullable(System.getenv("VIRTUAL_ENV")).map(Path::of).ifPresent(bases::add);
    bases.add(Path.of(System.getProperty("user.home"), ".local"));
    bases.add(Path.of("/usr/local"));
    bases.add(Path.of("/usr"));
    List<Path> folders = new ArrayList<>();
    for (Path base : bases) {
      for (Path python : list(base.resolve("lib"), "python3*")) {
        folders.add(python.resolve("site-packages/openvino/libs"));
        folders.add(python.resolve("dist-packages/openvino/libs"));
      }
    }
    return tryAll(folders, "installed wheels of Python in " + bases);
  }

  private boolean tryAll(List<Path> folders, String what) {
    for (Path folder : folders) {
      if (tryFolder(folder, what)) {
        return true;
      }
    }
    looked.add(what + ": none there");
    return false;
  }

  private boolean tryFolderOrFile(Path path, String what) {
    if (Files.isRegularFile(path)) {
      return tryFile(path, what);
    }
    for (String below : BELOW_HOME) {
      if (tryFolder(path.resolve(below), what)) {
        return true;
      }
    }
    looked.add(what + "=" + path + ": there is no such file, or folder with a " + NAME);
    return false;
  }

  private boolean tryFolder(Path folder, String what) {
    for (Path file : list(folder, NAME + "*")) {
      if (tryFile(file, what)) {
        return true;
      }
    }
    return false;
  }

  private boolean tryFile(Path file, String what) {
    try {
      Loader.loadGlobal(file.toAbsolutePath().toString());
      return true;
    } catch (UnsatisfiedLinkError e) {
      looked.add("%s: %s cannot be loaded: %s".formatted(what, file, e.getMessage()));
      return false;
    }
  }

  private static List<Path> list(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob);
        Stream<Path> sorted =
            java.util.stream.StreamSupport.stream(found.spliterator(), false).sorted()) {
      return sorted.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** JavaCPP's own words are the last thing it tried; the cause below says why. */
  private static String reason(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).toLowerCase(Locale.ROOT).isEmpty()
        ? deepest.toString()
        : deepest.getMessage();
  }

  private static UnsatisfiedLinkError error(String message, Throwable cause) {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
    error.initCause(cause);
    return error;
  }
}
