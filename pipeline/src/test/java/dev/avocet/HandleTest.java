package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.AllHandles.Kind;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.model.Model;
import dev.avocet.testing.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the handles of all tasks have in common. */
class HandleTest {
  private static final long ALLOWED = 16L << 20;

  @TempDir Path folder;

  private static void discard(Object answer) {
    if (answer instanceof Image image) {
      image.close();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.avocet.AllHandles#kinds")
  void shouldOpenWarmUpCountAndRefuseAfterClose(Kind<?, ?> kind) throws IOException {
    Path model = kind.model().write(folder);
    Files.writeString(model.resolve("avocet.json"), "{\"description\": \"tiny\"}");
    Handle<?, ?, ?, ?> handle = kind.builder().apply(model).concurrency(2).open();
    try (Image image = TestModels.noise(64, 48, 1)) {
      handle.warmup();
      discard(kind.run(handle, image));
      assertThat(handle.stats().stages()).allSatisfy(s -> assertThat(s.count()).isEqualTo(3));
      assertThat(handle.card().description()).isEqualTo("tiny");
      handle.close();
      handle.close();
      AvocetException closed = TestModels.failure(() -> kind.run(handle, image));
      assertThat(closed.status()).isEqualTo(Status.CLOSED);
      assertThat(TestModels.failure(handle::warmup).status()).isEqualTo(Status.CLOSED);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.avocet.AllHandles#kinds")
  void shouldRefuseTheModelsOfAllOtherTasks(Kind<?, ?> kind) throws IOException {
    List<Kind<?, ?>> kinds = AllHandles.list();
    for (Kind<?, ?> other : kinds) {
      if (!other.name().equals(kind.name())) {
        Path model = other.model().write(folder.resolve(other.name()));
        AvocetException e = TestModels.failure(() -> kind.builder().apply(model).open().close());
        assertThat(e.status()).as(other.name()).isEqualTo(Status.NOT_SUPPORTED);
        assertThat(e).hasMessageContaining("a " + kind.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.avocet.AllHandles#kinds")
  void shouldAnswerManyThreadsAsOneAndKeepTheModelOpen(Kind<?, ?> kind)
      throws IOException, InterruptedException, ExecutionException {
    try (Model model = Model.open(kind.model().write(folder));
        Handle<?, ?, ?, ?> handle = kind.builder().apply(folder).concurrency(2).threads(1).open();
        Image image = TestModels.noise(64, 48, 1)) {
      assertThat(model.pipeline().tasks()).hasSize(3);
      String expected = text(kind.run(handle, image));
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Future<String>> answers =
            IntStream.range(0, 40)
                .mapToObj(i -> pool.submit(() -> text(kind.run(handle, image))))
                .toList();
        for (Future<String> answer : answers) {
          assertThat(answer.get()).isEqualTo(expected);
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  /** What can be compared of an answer, which is closed where it has to be. */
  private static String text(Object answer) {
    if (answer instanceof Image image) {
      try (image) {
        return image.plane(0).toString() + image.plane(0).hashCode();
      }
    }
    return answer instanceof Segmentation map
        ? map + " " + map.labels().hashCode() + " " + map.scores().hashCode()
        : answer.toString();
  }

  @ParameterizedTest
  @MethodSource("dev.avocet.AllHandles#kinds")
  void shouldNotGrowOverTwoThousandCalls(Kind<?, ?> kind) throws IOException, InterruptedException {
    long blocks = Memory.liveBytes();
    try (Handle<?, ?, ?, ?> handle = kind.builder().apply(kind.model().write(folder)).open();
        Image image = Painting.of(64, 48, 0x204060);
        Image other = Painting.of(48, 64, 0x604020)) {
      Painting.fill(image, new Rect(10, 10, 30, 20), 0x0000ff);
      Painting.fill(other, new Rect(10, 10, 20, 30), 0xff0000);
      long early = 0;
      for (int i = 1; i <= 2000; i++) {
        discard(kind.run(handle, i % 2 == 0 ? image : other));
        if (i == 500) {
          early = ProcessMemory.settledBytes();
        }
      }
      assertThat(ProcessMemory.settledBytes() - early)
          .as("resident bytes from a quarter to the end, early=%d", early)
          .isLessThanOrEqualTo(ALLOWED);
    }
    assertThat(Memory.liveBytes()).isEqualTo(blocks);
  }

  @Test
  @Tag("slow")
  void shouldNotGrowOverTwoThousandHandlesOfAllTasks() throws IOException, InterruptedException {
    List<Kind<?, ?>> kinds = AllHandles.list();
    for (Kind<?, ?> kind : kinds) {
      kind.model().write(folder.resolve(kind.name()));
    }
    long blocks = Memory.liveBytes();
    try (Image image = Painting.of(64, 48, 0x204060)) {
      long early = 0;
      for (int i = 1; i <= 2000; i++) {
        Kind<?, ?> kind = kinds.get(i % kinds.size());
        try (Handle<?, ?, ?, ?> handle = kind.builder().apply(folder.resolve(kind.name())).open()) {
          discard(kind.run(handle, image));
        }
        if (i == 500) {
          early = ProcessMemory.settledBytes();
        }
      }
      assertThat(ProcessMemory.settledBytes() - early)
          .as("resident bytes from a quarter to the end, early=%d", early)
          .isLessThanOrEqualTo(ALLOWED);
    }
    assertThat(Memory.liveBytes()).isEqualTo(blocks);
  }
}
