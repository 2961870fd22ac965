package dev.avocet.net.openvino;

import dev.avocet.core.internal.KeptFile;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;

/**
 * A checksum of 32 bytes: BLAKE2b (RFC 7693) with a key, in the library of {@link OvCompile}. What
 * is made up of several parts is digested part by part, each with the digest so far as its key.
 */
@Properties(
    inherit = org.bytedeco.openvino.presets.openvino.class,
    value = @Platform(include = "avocet_blake2b.h", library = "jniavocetopenvino"))
final class OvDigest {
  static {
    Loader.load();
  }

  /** To begin with. */
  private static final byte[] NONE = new byte[KeptFile.Digest.SIZE];

  private OvDigest() {}

  static byte[] none() {
    return NONE.clone();
  }

  /** The digest of memory under a key, which is a digest itself. */
  static byte[] of(byte[] key, BytePointer data, long size) {
    byte[] digest = new byte[KeptFile.Digest.SIZE];
    avocet_digest(key, data, size, digest);
    return digest;
  }

  /** As {@link #of(byte[], BytePointer, long)}; the memory is off-heap. */
  static byte[] of(byte[] key, ByteBuffer data) {
    try (BytePointer bytes = new BytePointer(data)) {
      return of(key, bytes, data.remaining());
    }
  }

  /** As {@link #of(byte[], BytePointer, long)}. */
  static byte[] of(byte[] key, byte[] data) {
    try (BytePointer copy = new BytePointer(data)) {
      return of(key, copy, data.length);
    }
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static native void avocet_digest(
      @Cast("const uint8_t*") byte[] key,
      @Cast("const uint8_t*") BytePointer data,
      @Cast("size_t") long size,
      @Cast("uint8_t*") byte[] digest);
}
