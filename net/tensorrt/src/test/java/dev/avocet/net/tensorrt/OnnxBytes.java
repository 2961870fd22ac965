package dev.avocet.net.tensorrt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Pieces of ONNX files, as far as they name files of weights. Field numbers of onnx.proto. */
final class OnnxBytes {
  private OnnxBytes() {}

  /** A model whose one initialiser lies in another file. */
  static byte[] withWeightsIn(String file) {
    byte[] key = field(1, "location".getBytes(StandardCharsets.UTF_8));
    byte[] value = field(2, file.getBytes(StandardCharsets.UTF_8));
    byte[] external = field(13, join(key, value));
    return field(7, field(5, external));
  }

  private static byte[] field(int number, byte[] content) {
    return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] join(byte[] a, byte[] b) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(a);
    all.writeBytes(b);
    return all.toByteArray();
  }
}
