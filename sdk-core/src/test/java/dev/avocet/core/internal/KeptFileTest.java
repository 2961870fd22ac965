package dev.avocet.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptFileTest {
  private static final byte[] KEY = Sha256.of(Sha256.none(), "key");

  private static Path shared;

  @TempDir Path folder;

  @BeforeContainer
  static void make() throws IOException {
    shared = Files.createTempDirectory("avocet-kept");
  }

  @AfterContainer
  static void remove() throws IOException {
    try (Stream<Path> files = Files.list(shared)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(shared);
  }

  @Property(tries = 200)
  void shouldGiveBackWhatWasWrittenWhateverItIs(@ForAll @Size(min = 1, max = 300) byte[] content)
      throws IOException {
    KeptFile file = new KeptFile(shared.resolve("a"), KEY, Sha256::of);
    write(file, content);

    assertThat(read(file)).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(content));
  }

  @Property(tries = 150)
  void shouldFindNothingWhenAnyRegionIsChanged(
      @ForAll @Size(min = 1, max = 200) byte[] content,
      @ForAll @IntRange(max = 300) int from,
      @ForAll @IntRange(min = 1, max = 60) int length,
      @ForAll Damage damage)
      throws IOException {
    KeptFile file = new KeptFile(shared.resolve("b"), KEY, Sha256::of);
    write(file, content);
    byte[] whole = Files.readAllBytes(file.path());
    byte[] damaged = damage.of(whole, from % whole.length, length);
    Files.write(file.path(), damaged);

    assertThat(read(file).isPresent()).isEqualTo(Arrays.equals(whole, damaged));
  }

  enum Damage {
    FLIPPED {
      @Override
      byte[] of(byte[] file, int from, int length) {
        byte[] copy = file.clone();
        copy[from] ^= (byte) (1 << (length % 8));
        return copy;
      }
    },
    EMPTIED {
      @Override
      byte[] of(byte[] file, int from, int length) {
        byte[] copy = file.clone();
        Arrays.fill(copy, from, Math.min(copy.length, from + length), (byte) 0);
        return copy;
      }
    },
    CUT {
      @Override
      byte[] of(byte[] file, int from, int length) {
        return Arrays.copyOf(file, from);
      }
    },
    LONGER {
      @Override
      byte[] of(byte[] file, int from, int length) {
        return Arrays.copyOf(file, file.length + length);
      }
    };

    abstract byte[] of(byte[] file, int from, int length);
  }

  @Test
  void shouldFindNothingWhenTheKeyIsAnother() throws IOException {
    write(new KeptFile(folder.resolve("a"), KEY, Sha256::of), new byte[] {1});

    assertThat(read(new KeptFile(folder.resolve("a"), Sha256.none(), Sha256::of))).isEmpty();
    assertThat(read(new KeptFile(folder.resolve("b"), KEY, Sha256::of))).isEmpty();
    assertThat(read(new KeptFile(folder, KEY, Sha256::of))).as("a folder").isEmpty();
  }

  /** Whoever comes last wins; a reader sees one of them whole, or none. */
  @Test
  void shouldNeverBeSeenInPartsWhenSeveralWriteAtOnce()
      throws IOException, InterruptedException, ExecutionException {
    KeptFile file = new KeptFile(folder.resolve("a"), KEY, Sha256::of);
    write(file, new byte[] {0});
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      byte[] content = new byte[20_000 * i];
      Arrays.fill(content, (byte) i);
      all.add(threads.submit(() -> repeat(() -> write(file, content))));
    }
    all.add(threads.submit(() -> repeat(() -> assertThat(read(file)).isPresent())));
    threads.shutdown();
    for (Future<?> one : all) {
      one.get();
    }

    assertThat(read(file))
        .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(20_000 * bytes[0]));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file.path());
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void repeat(Action action) {
    for (int i = 0; i < 20; i++) {
      try {
        action.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void write(KeptFile file, byte[] bytes) throws IOException {
    try (Tensor content = Tensor.allocate(DataType.UINT8, Shape.of(bytes.length))) {
      content.bytes().put(bytes);
      file.write(content);
    }
  }

  private static Optional<byte[]> read(KeptFile file) {
    try (Tensor content = file.read().orElse(null)) {
      if (content == null) {
        return Optional.empty();
      }
      byte[] bytes = new byte[(int) content.byteSize()];
      content.bytes().get(bytes);
      return Optional.of(bytes);
    }
  }
}
