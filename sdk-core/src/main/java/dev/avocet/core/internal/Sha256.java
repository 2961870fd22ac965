package dev.avocet.core.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 (FIPS 180-4) of a key, which is a digest itself, and then the data. What is made up of
 * several parts is digested part by part, each with the digest so far as its key.
 */
public final class Sha256 {
  private Sha256() {}

  /** To begin with. */
  public static byte[] none() {
    return new byte[KeptFile.Digest.SIZE];
  }

  /** The digest of memory, from its position to its limit, which stay. */
  public static byte[] of(byte[] key, ByteBuffer data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key);
      digest.update(data.duplicate());
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      // Every Java platform has to have it, says MessageDigest.
      throw new IllegalStateException(e);
    }
  }

  /** The digest of a text. */
  public static byte[] of(byte[] key, String text) {
    return of(key, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
