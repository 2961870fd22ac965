package dev.avocet.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a 64-bit shared library wants of others, read from its section headers. */
final class ElfFile {
  private static final long DT_FLAGS = 30;
  private static final long DT_FLAGS_1 = 0x6ffffffb;
  private static final long DT_BIND_NOW = 24;

  private final ByteBuffer file;

  /** Offset and size by name. */
  private final Map<String, long[]> sections = new HashMap<>();

  ElfFile(Path path) throws IOException {
    file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int headers = (int) file.getLong(40);
    int count = file.getShort(60);
    int names = headers + 64 * file.getShort(62);
    for (int i = 0; i < count; i++) {
      int header = headers + 64 * i;
      String name = text((int) file.getLong(names + 24) + file.getInt(header));
      sections.put(name, new long[] {file.getLong(header + 24), file.getLong(header + 32)});
    }
  }

  /**
   * Functions of other libraries, or its own replaceable ones, bound when they are first called.
   */
  Set<String> boundWhenCalled() {
    return relocated(".rela.plt");
  }

  /** Names bound when the library is loaded. */
  Set<String> boundAtOnce() {
    return relocated(".rela.dyn");
  }

  /** Whether everything is to be bound when the library is loaded. */
  boolean bindsNow() {
    long[] section = sections.get(".dynamic");
    for (int at = (int) section[0]; at < section[0] + section[1]; at += 16) {
      long tag = file.getLong(at);
      long value = file.getLong(at + 8);
      if (tag == DT_BIND_NOW || tag == DT_FLAGS && (value & 8) != 0) {
        return true;
      }
      if (tag == DT_FLAGS_1 && (value & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  private Set<String> relocated(String name) {
    Set<String> names = new TreeSet<>();
    long[] section = sections.get(name);
    int symbols = (int) sections.get(".dynsym")[0];
    int strings = (int) sections.get(".dynstr")[0];
    for (int at = (int) section[0]; at < section[0] + section[1]; at += 24) {
      int symbol = (int) (file.getLong(at + 8) >>> 32);
      if (symbol != 0) {
        names.add(text(strings + file.getInt(symbols + 24 * symbol)));
      }
    }
    return names;
  }

  private String text(int offset) {
    int end = offset;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), offset, end - offset, StandardCharsets.US_ASCII);
  }
}
