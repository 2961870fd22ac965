package dev.avocet.net.openvino;

import dev.avocet.core.internal.LibraryFiles;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** OpenVINO's libraries: which a folder has, which the process has. */
final class OvFile {
  /** What OpenVINO's C library is called, followed by its release in most installations. */
  static final String NAME = "libopenvino_c.so";

  private OvFile() {}

  /** The C libraries in a folder: the name that stands for the current release, then the newest. */
  static List<Path> libraries(Path folder) {
    Comparator<Path> byName = Comparator.comparing(Path::toString);
    return LibraryFiles.list(folder, NAME + "*").stream()
        .sorted(
            Comparator.<Path, Boolean>comparing(file -> !file.endsWith(NAME))
                .thenComparing(byName.reversed()))
        .toList();
  }

  /** The OpenVINO that somebody else has loaded into this process. */
  static Optional<Path> inProcess() {
    // Not Files.lines, for the JDK loads its network code with the first channel.
    try (BufferedReader maps =
        new BufferedReader(new FileReader("/proc/self/maps", StandardCharsets.UTF_8))) {
      return maps.lines()
          .filter(line -> line.matches(".*/libopenvino(_c)?\\.so[.0-9]*"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
