package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder below the cache: what it holds and lets go. */
final class OvCacheFolderTest {
  private static final byte[] HEAD = {1, 2};

  @TempDir Path path;

  @BeforeAll
  static void needsTheBinding() {
    assumeTrue(
        OvRuntime.unavailable().isEmpty(), () -> "skipped: " + OvRuntime.unavailable().get());
  }

  @Test
  void shouldReadWhatWasWrittenWhenTheKeyIsTheSame() {
    OvCacheFolder folder = new OvCacheFolder(path, 1 << 20);
    write(folder, 1, 1000);
    write(folder, 1, 500);
    write(folder, 2, 700);

    assertThat(size(folder, 1)).contains(502L);
    assertThat(size(folder, 2)).contains(702L);
    assertThat(size(folder, 3)).isEmpty();
  }

  @Test
  void shouldLetGoWhatWasUsedLeastLatelyWhenItGrowsBeyondItsLimit() throws IOException {
    OvCacheFolder folder = new OvCacheFolder(path, 2500);
    Path notOurs = Files.write(path.resolve("avocet.txt"), new byte[5000]);
    write(folder, 1, 1000);
    write(folder, 2, 1000);
    age();
    assertThat(size(folder, 1)).isPresent();
    write(folder, 3, 1000);

    assertThat(size(folder, 1)).isPresent();
    assertThat(size(folder, 2)).isEmpty();
    assertThat(size(folder, 3)).isPresent();
    assertThat(notOurs).exists();
    write(folder, 4, 9000);
    assertThat(size(folder, 4)).as("larger than all, but the last").isPresent();
    assertThat(size(folder, 3)).isEmpty();
  }

  @Test
  void shouldRemoveTemporaryFilesWhenNobodyWritesToThemAnyMore() throws IOException {
    OvCacheFolder folder = new OvCacheFolder(path, 1 << 20);
    Path old = Files.write(path.resolve("avocet-1.tmp"), HEAD);
    age();
    Path current = Files.write(path.resolve("avocet-2.tmp"), HEAD);
    write(folder, 1, 10);

    assertThat(old).doesNotExist();
    assertThat(current).exists();
  }

  @Test
  void shouldLeaveNothingBehindWhenTheExportFails() throws IOException {
    OvCacheFolder folder = new OvCacheFolder(path.resolve("new"), 1 << 20);
    AvocetException e =
        assertThrows(
            AvocetException.class,
            () ->
                folder.write(
                    key(1),
                    HEAD,
                    file -> {
                      throw new IOException("no room");
                    }));
    AvocetException empty =
        assertThrows(AvocetException.class, () -> folder.write(key(1), HEAD, file -> {}));

    assertThat(e).hasMessageContaining("cannot be written: java.io.IOException: no room");
    assertThat(empty).hasMessageContaining("nothing could be written to ");
    try (Stream<Path> files = Files.list(folder.path())) {
      assertThat(files).isEmpty();
    }
  }

  /** Digests of Python's {@code hashlib.blake2b(data, key=key, digest_size=32)}. */
  @Test
  void shouldDigestAsOthersDoWhenTheyUseBlake2b() {
    byte[] key = new byte[OvDigest.SIZE];
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

  private static byte[] key(int number) {
    return OvDigest.of(
        OvDigest.none(), Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private static void write(OvCacheFolder folder, int number, int bytes) {
    folder.write(key(number), HEAD, file -> Files.write(file, new byte[bytes]));
  }

  private static Optional<Long> size(OvCacheFolder folder, int number) {
    Optional<Tensor> found = folder.read(key(number));
    found.ifPresent(content -> assertThat(content.bytes().get(1)).isEqualTo((byte) 2));
    Optional<Long> size = found.map(Tensor::byteSize);
    found.ifPresent(Tensor::close);
    return size;
  }

  private void age() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
      }
    }
  }
}
