package dev.avocet.core.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

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

  private static void segment(ByteBuffer file, int type, int offset, int size, int alignment) {
    file.putInt(type).putInt(READ_AND_WRITE).putLong(offset).putLong(offset).putLong(offset);
    file.putLong(size).putLong(size).putLong(alignment);
  }
}
