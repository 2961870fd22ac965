package dev.avocet.net.openvino;

import dev.avocet.core.internal.LibraryFiles;
import dev.avocet.core.internal.Natives;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openvino.global.openvino;

/**
 * Finds OpenVINO's C library, loads it for everybody in the process to see, and the binding, which
 * is linked to no release of it, on top. Where the process has an OpenVINO already, that one is
 * used, since two releases in one process do not get on.
 */
final class OvLibrary {
  /** System property: the library itself, or the folder that has it. */
  static final String PROPERTY = "avocet.openvino.library";

  private static final List<String> HOMES = List.of("OPENVINO_HOME", "INTEL_OPENVINO_DIR");
  private static final String NEXT =
      "set OPENVINO_HOME or -D"
          + PROPERTY
          + " to where OpenVINO 2024.4 or later is, or install it with pip install openvino";

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
   * @throws UnsatisfiedLinkError saying where the library was looked for, what was wrong there, and
   *     what to do
   */
  static void load() {
    Natives.prepare();
    new OvLibrary().loadBoth();
  }

  private void loadBoth() {
    OvPacked.absence()
        .ifPresent(
            reason -> {
              throw new UnsatisfiedLinkError(reason);
            });
    checkFunctions(find());
    try {
      Loader.load(openvino.class);
      Loader.load(OvCompile.class);
    } catch (LinkageError e) {
      throw error(
          "the binding for %s does not load: %s".formatted(Loader.getPlatform(), reason(e)), e);
    }
  }

  /** Loads the library from the first place that has it. */
  private Path find() {
    String named = System.getProperty(PROPERTY, "");
    Optional<Path> found =
        OvFile.inProcess()
            .map(this::there)
            .or(() -> named.isBlank() ? first() : folderOrFile(Path.of(named)));
    return found.orElseThrow(
        () ->
            new UnsatisfiedLinkError(
                "no %s was found; looked at: %s; %s"
                    .formatted(OvFile.NAME, String.join("; ", looked), NEXT)));
  }

  private Optional<Path> first() {
    return homes().or(() -> jar()).or(this::system).or(this::wheels);
  }

  /** The C library beside the OpenVINO that the process has already, and no other. */
  private Path there(Path core) {
    return folder(core.toAbsolutePath().getParent(), "this process")
        .orElseThrow(
            () ->
                new UnsatisfiedLinkError(
                    "this process has already loaded %s, and beside it there is no %s: %s; load Avocet's engine before, or take the other one out"
                        .formatted(core, OvFile.NAME, String.join("; ", looked))));
  }

  private Optional<Path> homes() {
    for (String variable : HOMES) {
      String home = System.getenv(variable);
      if (home == null || home.isBlank()) {
        looked.add(variable + " is not set");
        continue;
      }
      for (String below : BELOW_HOME) {
        Optional<Path> found = folder(Path.of(home, below), variable);
        if (found.isPresent()) {
          return found;
        }
      }
      looked.add(variable + "=" + home + ": there is no " + OvFile.NAME);
    }
    return Optional.empty();
  }

  private Optional<Path> jar() {
    try {
      Optional<Path> found =
          OvPacked.folder().flatMap(folder -> folder(folder, "the jar of natives"));
      if (found.isEmpty()) {
        looked.add("the jar of natives has no " + OvFile.NAME);
      }
      return found;
    } catch (IOException e) {
      looked.add("the jar of natives cannot be unpacked: " + e);
      return Optional.empty();
    }
  }

  private Optional<Path> system() {
    List<Path> folders = new ArrayList<>(LibraryFiles.systemFolders());
    for (Path installed : LibraryFiles.list(Path.of("/opt/intel"), "openvino*")) {
      BELOW_HOME.forEach(below -> folders.add(installed.resolve(below)));
    }
    return any(folders, "the system's folders /usr/lib*, /usr/local/lib, /opt/intel/openvino*");
  }

  private Optional<Path> wheels() {
    return any(
        LibraryFiles.inWheels("openvino/libs"),
        "installed wheels of Python in " + LibraryFiles.pythonBases());
  }

  private Optional<Path> any(List<Path> folders, String what) {
    for (Path folder : folders) {
      Optional<Path> found = folder(folder, what);
      if (found.isPresent()) {
        return found;
      }
    }
    looked.add(what + ": none there");
    return Optional.empty();
  }

  private Optional<Path> folderOrFile(Path path) {
    if (Files.isRegularFile(path)) {
      return file(path, PROPERTY);
    }
    for (String below : BELOW_HOME) {
      Optional<Path> found = folder(path.resolve(below), PROPERTY);
      if (found.isPresent()) {
        return found;
      }
    }
    looked.add(
        "%s=%s: there is no such file, or folder with a %s".formatted(PROPERTY, path, OvFile.NAME));
    return Optional.empty();
  }

  private Optional<Path> folder(Path folder, String what) {
    for (Path file : OvFile.libraries(folder)) {
      Optional<Path> loaded = file(file, what);
      if (loaded.isPresent()) {
        return loaded;
      }
    }
    return Optional.empty();
  }

  private Optional<Path> file(Path file, String what) {
    try {
      Loader.loadGlobal(file.toAbsolutePath().toString());
      return Optional.of(file);
    } catch (UnsatisfiedLinkError e) {
      looked.add(
          "%s: %s cannot be loaded: %s"
              .formatted(what, file, LibraryFiles.flaw(file).orElse(e.getMessage())));
      return Optional.empty();
    }
  }

  /**
   * A function that is missing would end the process when it is called, and a library that has been
   * loaded stays: there is no second try.
   */
  private static void checkFunctions(Path library) {
    List<String> missing =
        Stream.concat(
                Stream.of(openvino.class.getDeclaredMethods())
                    .filter(method -> Modifier.isNative(method.getModifiers()))
                    .map(Method::getName),
                // Those behind the functions of OvCompile.
                Stream.of("ov_core_compile_model", "ov_core_compile_model_from_file"))
            .distinct()
            .filter(name -> Loader.addressof(name) == null)
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      throw new UnsatisfiedLinkError(
          "%s is no C library of OpenVINO 2024.4 or later: it has no %s%s; %s"
              .formatted(
                  library,
                  missing.get(0),
                  missing.size() > 1 ? " and lacks %d others".formatted(missing.size() - 1) : "",
                  NEXT));
    }
  }

  /** JavaCPP's own words are the last thing it tried; the cause below says why. */
  private static String reason(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
  }

  private static UnsatisfiedLinkError error(String message, Throwable cause) {
    UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
    error.initCause(cause);
    return error;
  }
}
