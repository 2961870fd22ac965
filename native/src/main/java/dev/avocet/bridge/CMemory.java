package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.internal.Natives;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Reads and writes the caller's memory by address, without making an object. Nothing here can tell
 * whether an address is mapped: callers check for NULL with {@link #need}. Thread safe.
 */
final class CMemory {
  /** JavaCPP refuses address 0, so that its view of everything begins behind it. */
  private static final int BASE = 1;

  /** Nothing is ever mapped below: such an address is a number that was taken for a pointer. */
  private static final long FIRST_ADDRESS = 4096;

  /** Linux gives programs the lower half of what 57 bits address, where it gives them most. */
  private static final long LAST_ADDRESS = (1L << 56) - 1;

  private static final BytePointer ALL;

  static {
    Natives.prepare();
    ALL = new BytePointer(new Address(BASE));
  }

  private CMemory() {}

  /** An address as JavaCPP wants it. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }

  /**
   * An address that is not NULL.
   *
   * @param name of the parameter or field, for the message
   * @throws AvocetException INVALID_ARG
   */
  static long need(String name, long address) {
    if (address == 0) {
      throw AvocetException.invalidArgument(name + "=NULL: give an address");
    }
    if (!isAddress(address)) {
      throw AvocetException.invalidArgument(name + "=" + hex(address) + " is no address");
    }
    return address;
  }

  /** Whether something could be mapped there. */
  static boolean isAddress(long address) {
    return address >= FIRST_ADDRESS && address <= LAST_ADDRESS;
  }

  /** An address or handle as C programs print it. */
  static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }

  static int int32(long address) {
    return ALL.getInt(address - BASE);
  }

  static long int64(long address) {
    return ALL.getLong(address - BASE);
  }

  static float float32(long address) {
    return ALL.getFloat(address - BASE);
  }

  static double float64(long address) {
    return ALL.getDouble(address - BASE);
  }

  static void int64(long address, long value) {
    ALL.putLong(address - BASE, value);
  }

  /** Writes bytes and a NUL behind them, without making an object; nothing where it is NULL. */
  static void bytes(long address, byte[] bytes) {
    if (address != 0) {
      for (int i = 0; i < bytes.length; i++) {
        ALL.put(address - BASE + i, bytes[i]);
      }
      ALL.put(address - BASE + bytes.length, (byte) 0);
    }
  }

  /**
   * A text that ends with a NUL.
   *
   * @param name of the parameter or field, for messages
   * @throws AvocetException INVALID_ARG where it is NULL or not UTF-8
   */
  static String text(String name, long address) {
    try (Address start = new Address(need(name, address));
        BytePointer text = new BytePointer(start)) {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(text.getStringBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new AvocetException(Status.INVALID_ARG, name + " is not UTF-8: " + e.getMessage(), e);
    }
  }

  /**
   * A path.
   *
   * @throws AvocetException INVALID_ARG where it is NULL, not UTF-8 or no path
   */
  static Path path(String name, long address) {
    String text = text(name, address);
    if (text.isEmpty()) {
      throw AvocetException.invalidArgument(name + " is empty: give a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new AvocetException(Status.INVALID_ARG, name + " is no path: " + e.getMessage(), e);
    }
  }

  /** A view of {@code bytes} bytes, in native byte order. */
  static ByteBuffer view(long address, long bytes) {
    return Memory.view(address, bytes);
  }
}
