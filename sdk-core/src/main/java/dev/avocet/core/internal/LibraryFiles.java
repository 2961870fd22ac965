package dev.avocet.core.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/** Files of native libraries that a machine has: where they may lie, what is wrong with one. */
public final class LibraryFiles {
  /** Numbers in the ELF format, {@code e_machine}; JavaCPP's names. */
  private static final Map<Integer, String> PLATFORMS =
      Map.of(3, "linux-x86", 40, "linux-armhf", 62, "linux-x86_64", 183, "linux-arm64");

  private static final int ELF_HEADER = 20;
  private static final int MACHINE = 18;

  private LibraryFiles() {}

  /** What a folder has of such a name, in order; nothing where it cannot be read. */
  public static List<Path> list(Path folder, String glob) {
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

  /** The system's folders of libraries for this machine's processor. */
  public static List<Path> systemFolders() {
    String triplet = Loader.getPlatform().equals("linux-arm64") ? "aarch64" : "x86_64";
    return List.of(
        Path.of("/usr/lib/" + triplet + "-linux-gnu"),
        Path.of("/usr/lib64"),
        Path.of("/usr/local/lib"));
  }

  /** Where Python's packages are installed: this virtual environment, this user, the system. */
  public static List<Path> pythonBases() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("VIRTUAL_ENV")).map(Path::of).stream(),
            Stream.of(
                Path.of(System.getProperty("user.home"), ".local"),
                Path.of("/usr/local"),
                Path.of("/usr")))
        .toList();
  }

  /**
   * Folders that installed wheels of Python may have.
   *
   * @param below a folder within a wheel's package: {@code openvino/libs}
   */
  public static List<Path> inWheels(String below) {
    return pythonBases().stream()
        .flatMap(base -> list(base.resolve("lib"), "python3*").stream())
        .flatMap(python -> Stream.of("site-packages/", "dist-packages/").map(python::resolve))
        .map(packages -> packages.resolve(below))
        .toList();
  }

  /** What is wrong with a library, where that can be told from its first bytes. */
  public static Optional<String> flaw(Path library) {
    byte[] header;
    // Not by a channel: the JDK loads its network code, which opens sockets, with the first one.
    try (InputStream in = new FileInputStream(library.toFile())) {
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
