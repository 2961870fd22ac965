package dev.avocet.core.internal;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * The smallest shared library that Linux loads: a name and nothing in it. It stands in for a
 * library that others name as needed but whose functions are never called, for they bind to those
 * at the first call. Format: the System V ABI's generic part (ELF), chapters 4 and 5.
 */
public final class EmptyLibrary {
  /** JavaCPP's platforms to ELF's machine numbers. */
  private static final Map<String, Short> MACHINES =
      Map.of("linux-x86_64", (short) 62, "linux-arm64", (short) 183);

  private static final int HEADER = 64;
  private static final int PROGRAM_HEADER = 56;
  private static final int PROGRAM_HEADERS = 3;
  private static final int DYNAMIC = HEADER + PROGRAM_HEADERS * PROGRAM_HEADER;
  private static final int DYNAMIC_ENTRIES = 7;
  private static final int HASH = DYNAMIC + DYNAMIC_ENTRIES * 16;
  private static final int SYMBOLS = HASH + 16;
  private static final int SYMBOL = 24;
  private static final int STRINGS = SYMBOLS + SYMBOL;

  /** Large enough for every page size of arm64. */
  private static final int ALIGNMENT = 0x10000;

  private static final int READ_AND_WRITE = 6;

  private EmptyLibrary() {}

  /** Whether {@link #bytes} knows a platform of JavaCPP. */
  public static boolean knows(String platform) {
    return MACHINES.containsKey(platform);
  }

  /**
   * The file's content, below 1 KB and always the same for the same arguments.
   *
   * @param platform JavaCPP's name, one that {@link #knows}
   * @param name what those who need the library call it, for example {@code libx.so.0}; ASCII
   */
  public static byte[] bytes(String platform, String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    int strings = 1 + text.length + 1;
    int size = STRINGS + strings;
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    // 64-bit, little-endian, version 1; a shared library.
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 3).putShort(MACHINES.get(platform)).putInt(1);
    file.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER);
    file.putShort((short) PROGRAM_HEADERS).putShort((short) HEADER).putInt(0);
    // One segment with everything, writable because older loaders write into the dynamic section.
    segment(file, 1, 0, size, ALIGNMENT);
    segment(file, 2, DYNAMIC, DYNAMIC_ENTRIES * 16, 8);
    // Without this one the stack would have to be executable.
    segment(file, 0x6474e551, 0, 0, 16);
    // SONAME, HASH, STRTAB, SYMTAB, STRSZ, SYMENT, and the end.
    long[] dynamic = {14, 1, 4, HASH, 5, STRINGS, 6, SYMBOLS, 10, strings, 11, SYMBOL, 0, 0};
    for (long word : dynamic) {
      file.putLong(word);
    }
    // A hash table of one empty bucket, and the one symbol that every table starts with: none.
    file.putInt(1).putInt(1);
    file.position(STRINGS + 1).put(text);
    return file.array();
  }

  /**
   * Loads libraries that others need by name: this machine's own, else those of {@code
   * java.library.path}, else empty ones. Only for libraries of which nothing is called.
   *
   * @param names as {@link #bytes} takes them
   * @throws UnsatisfiedLinkError if an empty one can neither be written nor loaded
   */
  public static void standInForMissing(String... names) {
    Loader.load(Pointer.class);
    for (String name : names) {
      if (!loads(name) && knows(Loader.getPlatform())) {
        Loader.loadGlobal(inLibraryPath(name).orElseGet(() -> unpack(name)).toString());
      }
    }
  }

  private static boolean loads(String name) {
    try {
      Loader.loadGlobal(name);
      return true;
    } catch (UnsatisfiedLinkError e) {
      // The loader's way to say that there is none.
      return false;
    }
  }

  /** The file of this name in a folder of {@code java.library.path}, where there is one. */
  static Optional<Path> inLibraryPath(String name) {
    String path = System.getProperty("java.library.path", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> new File(folder, name))
        .filter(File::isFile)
        .map(File::toPath)
        .findFirst();
  }

  /**
   * Writes the library of this machine's platform into JavaCPP's cache where it is not there yet,
   * in one step for whoever else looks. By streams: a file channel would load the JDK's network
   * code, which opens sockets.
   *
   * @throws UnsatisfiedLinkError if it cannot be written
   */
  static Path unpack(String name) {
    try {
      byte[] bytes = bytes(Loader.getPlatform(), name);
      Path folder = Loader.getCacheDir().toPath().resolve("empty-" + Loader.getPlatform());
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file) || !Arrays.equals(read(file), bytes)) {
        Files.createDirectories(folder);
        Path part = folder.resolve(name + "." + ProcessHandle.current().pid());
        try (OutputStream out = new FileOutputStream(part.toFile())) {
          out.write(bytes);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(name + " cannot be written into the cache of natives: " + e);
      error.initCause(e);
      throw error;
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = new FileInputStream(file.toFile())) {
      return in.readAllBytes();
    }
  }

  private static void segment(ByteBuffer file, int type, int offset, int size, int alignment) {
    file.putInt(type).putInt(READ_AND_WRITE).putLong(offset).putLong(offset).putLong(offset);
    file.putLong(size).putLong(size).putLong(alignment);
  }
}
