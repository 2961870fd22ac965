package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.internal.KeptFile;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class OvDigestTest {
  @BeforeAll
  static void needsTheBinding() {
    assumeTrue(
        OvRuntime.unavailable().isEmpty(), () -> "skipped: " + OvRuntime.unavailable().get());
  }

  /** Digests of Python's {@code hashlib.blake2b(data, key=key, digest_size=32)}. */
  @Test
  void shouldDigestAsOthersDoWhenTheyUseBlake2b() {
    byte[] key = new byte[KeptFile.Digest.SIZE];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i * 7 + 1);
    }
    assertThat(OvDigest.hex(OvDigest.of(key, bytes(0))))
        .isEqualTo("1a509340bb1a9e6fe32e9346d17b13c75462909918b4543b44b2bd42f965c492");
    assertThat(OvDigest.hex(OvDigest.of(key, bytes(128))))
        .isEqualTo("030506a2bd928cbb13ecb1a404b8a624c74de2dd9a52e621a5063798b780d233");
    assertThat(OvDigest.hex(OvDigest.of(key, bytes(129))))
        .isEqualTo("193e0c4b1143387b4acca0087a082756db357c8fa8da69289de6616fff11f644");
    assertThat(OvDigest.hex(OvDigest.of(key, bytes(599))))
        .isEqualTo("1f72cff74324d84f8f8b140d07c0296b0413b4714758751225e46f14211c8255");
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  @Test
  void shouldBeginAtTheBuffersPositionWhenTheDataIsOffHeap() {
    ByteBuffer offHeap = ByteBuffer.allocateDirect(600).put((byte) 9).put(bytes(599)).position(1);

    assertThat(OvDigest.of(OvDigest.none(), offHeap))
        .isEqualTo(OvDigest.of(OvDigest.none(), bytes(599)));
  }
}
