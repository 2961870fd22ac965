package dev.avocet.net.openvino;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** Files of libraries: which there are, which the process has, what is wrong with one. */
final class OvFile {
  /** What OpenVINO's C library is called, followed by its release in most installations. */
  static final String NAME = "libopenvino_c.so";

  /** Numbers in the ELF format, {@code e_machine}; JavaCPP's names. */
  private static final Map<Integer, String> PLATFORMS =
      Map.of(3, "linux-x86", 40, "linux-armhf", 62, "linux-x86_64", 183, "linux-arm64");

  private static final int ELF_HEADER = 20;
  private static final int MACHINE = 18;

  private OvFile() {}

  /** The C libraries in a folder: the name that stands for the current release, then the newest. */
  static List<Path> libraries(Path folder) {
    Comparator<Path> byName = Comparator.comparing(Path::toString);
    return list(folder, NAME + "*").stream()
        .sorted(
            Comparator.<Path, Boolean>comparing(file -> !file.endsWith(NAME))
                .thenComparing(byName.reversed()))
        .toList();
  }

  /** What a folder has of such a name, in order; nothing where it cannot be read. */
  static List<Path> list(Path folder, String glob) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
        all.forEach(found::add);
      } catch (IOException e) {
        return List.of();
      }
    }
    found.sort(Comparator.naturalOrder());
    return found;
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

  /** What is wrong with a library, where that can be told from its first bytes. */
  static Optional<String> flaw(Path library) {
    byte[] header;
    try (InputStream in = Files.newInputStream(library)) {
      header = in.readNBytes(ELF_HEADER);
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
    ByteBuffer elf = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (header.length < ELF_HEADER || elf.getInt(0) != 0x464c457f) {
      return Optional.of("it is no library");
    }
    int machine = elf.getShort(MACHINE);
    String platform = PLATFORMS.getOrDefault(machine, "another processor, ELF machine " + machine);
    return platform.equals(Loader.getPlatform())
        ? Optional.empty()
        : Optional.of("it is for %s, and this is %s".formatted(platform, Loader.getPlatform()));
  }
}
