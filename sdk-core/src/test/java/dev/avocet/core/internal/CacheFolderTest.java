package dev.avocet.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder below the cache: what it holds and lets go. */
final class CacheFolderTest {
  private static final byte[] HEAD = {1, 2};

  @TempDir Path path;

  @Test
  void shouldReadWhatWasWrittenWhenTheKeyIsTheSame() {
    CacheFolder folder = folder(1 << 20);
    write(folder, 1, 1000);
    write(folder, 1, 500);
    write(folder, 2, 700);

    assertThat(size(folder, 1)).contains(502L);
    assertThat(size(folder, 2)).contains(702L);
    assertThat(size(folder, 3)).isEmpty();
  }

  @Test
  void shouldLetGoWhatWasUsedLeastLatelyWhenItGrowsBeyondItsLimit() throws IOException {
    CacheFolder folder = folder(2500);
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
    CacheFolder folder = folder(1 << 20);
    Path old = Files.write(path.resolve("avocet-1.tmp"), HEAD);
    age();
    Path current = Files.write(path.resolve("avocet-2.tmp"), HEAD);
    write(folder, 1, 10);

    assertThat(old).doesNotExist();
    assertThat(current).exists();
  }

  @Test
  void shouldLeaveNothingBehindWhenTheExportFails() throws IOException {
    CacheFolder folder = new CacheFolder(path.resolve("new"), 1 << 20, "blob", Sha256::of);
    AvocetException e =
        assertThrows(
            AvocetException.class,
            () ->
                folder.write(
                    "1",
                    key(1),
                    HEAD,
                    file -> {
                      throw new IOException("no room");
                    }));
    AvocetException empty =
        assertThrows(AvocetException.class, () -> folder.write("1", key(1), HEAD, file -> {}));

    assertThat(e).hasMessageContaining("cannot be written: java.io.IOException: no room");
    assertThat(empty).hasMessageContaining("nothing could be written to ");
    try (Stream<Path> files = Files.list(folder.path())) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldListWhatIsKeptWhenItsNameBeginsSo() throws IOException {
    CacheFolder folder = folder(1 << 20);
    assertThat(folder.names("1")).isEmpty();
    write(folder, 21, 10);
    write(folder, 12, 10);
    write(folder, 1, 10);
    Files.write(path.resolve("avocet-13.other"), HEAD);

    assertThat(folder.names("1")).containsExactly("1", "12");
    assertThat(new CacheFolder(path.resolve("none"), 1, "blob", Sha256::of).names("")).isEmpty();
  }

  private CacheFolder folder(long limit) {
    return new CacheFolder(path, limit, "blob", Sha256::of);
  }

  private static byte[] key(int number) {
    return Sha256.of(Sha256.none(), Integer.toString(number));
  }

  private static void write(CacheFolder folder, int number, int bytes) {
    folder.write(
        Integer.toString(number), key(number), HEAD, file -> Files.write(file, new byte[bytes]));
  }

  private static Optional<Long> size(CacheFolder folder, int number) {
    Optional<Tensor> found = folder.read(Integer.toString(number), key(number));
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
