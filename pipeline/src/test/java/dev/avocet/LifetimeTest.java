package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import dev.avocet.testing.ProcessMemory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many threads, many handles, closing at the wrong moment, memory. */
class LifetimeTest {
  /**
   * Rounds until the JVM has compiled and the allocator has spread what they need; before, the
   * process grows whatever they do.
   */
  private static final int WARM = 1_000;

  private static final int THREADS = 8;

  @Test
  @Tag("slow")
  void shouldGiveEightThreadsForAMinuteTheAnswersOfOne() throws Exception {
    sameAnswers(1, Duration.ofSeconds(60));
  }

  @Test
  void shouldGiveEightThreadsOnThreeSlotsTheAnswersOfOne() throws Exception {
    sameAnswers(3, Duration.ofSeconds(5));
  }

  private static void sameAnswers(int slots, Duration duration) throws Exception {
    try (Detector detector = Detector.builder(TestModels.parcels()).concurrency(slots).open()) {
      List<Image> images = new ArrayList<>();
      images.add(Image.read(TestModels.parcelsPicture()));
      for (int i = 0; i < 3; i++) {
        images.add(images.get(0).region(new dev.avocet.core.Rect(40 * i, 30 * i, 500 + i, 400)));
      }
      List<List<Detection>> expected = images.stream().map(detector::detect).toList();
      assertThat(expected.get(0)).isNotEmpty();
      long end = System.nanoTime() + duration.toNanos();
      int calls =
          inThreads(
              () -> {
                int n = 0;
                for (; System.nanoTime() < end; n++) {
                  int i = n % images.size();
                  assertThat(detector.detect(images.get(i))).isEqualTo(expected.get(i));
                }
                return n;
              });
      assertThat(calls).isGreaterThan(THREADS);
      images.forEach(Image::close);
    }
  }

  private static int inThreads(Callable<Integer> work)
      throws InterruptedException, ExecutionException {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(pool.submit(work));
      }
      int sum = 0;
      for (Future<Integer> future : futures) {
        sum += future.get();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void shouldSurviveCloseWhileEightThreadsCall() throws Exception {
    for (int round = 0; round < 5; round++) {
      Detector detector = Detector.builder(TestModels.parcels()).concurrency(2).open();
      try (Image image = TestModels.noise(640, 480, round)) {
        AtomicBoolean closed = new AtomicBoolean();
        Thread closer =
            new Thread(
                () -> {
                  sleep(100);
                  closed.set(true);
                  detector.close();
                });
        closer.start();
        int refused =
            inThreads(
                () -> {
                  try {
                    while (true) {
                      detector.detect(image);
                    }
                  } catch (AvocetException e) {
                    assertThat(e.status()).isEqualTo(Status.CLOSED);
                    assertThat(closed).isTrue();
                    return 1;
                  }
                });
        closer.join();
        assertThat(refused).isEqualTo(THREADS);
      }
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldCloseOnceFromManyThreads() throws Exception {
    Detector detector = Detector.open(TestModels.parcels());
    assertThat(
            inThreads(
                () -> {
                  detector.close();
                  return 1;
                }))
        .isEqualTo(THREADS);
  }

  @Test
  void shouldAnswerEverySubmittedCallWhenItIsClosed() throws Exception {
    Detector detector = Detector.builder(TestModels.parcels()).queueCapacity(1000).open();
    try (Image image = TestModels.noise(640, 480, 1)) {
      List<java.util.concurrent.CompletableFuture<List<Detection>>> futures = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        futures.add(detector.submit(image));
      }
      detector.close();
      assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
      assertThat(futures).anySatisfy(future -> assertThat(future).isCompletedExceptionally());
    }
  }

  @Test
  @Tag("slow")
  void shouldNotGrowOverTwoThousandHandles() throws InterruptedException {
    notGrowing(2_000);
  }

  @Test
  @Tag("soak")
  void shouldNotGrowOverTenThousandHandles() throws InterruptedException {
    notGrowing(10_000);
  }

  private static void notGrowing(int rounds) throws InterruptedException {
    long blocks = Memory.liveBytes();
    try (Image image = TestModels.noise(320, 240, 1)) {
      long early = 0;
      for (int i = 1; i <= rounds; i++) {
        try (Detector detector = Detector.open(TestModels.parcels())) {
          detector.detect(image);
        }
        if (i == WARM) {
          early = ProcessMemory.settledBytes();
        }
      }
      assertThat(ProcessMemory.settledBytes() - early)
          .as("resident bytes from round %d to %d, early=%d", WARM, rounds, early)
          .isLessThanOrEqualTo(Math.min(16L << 20, (rounds - WARM) * (8L << 10)));
    }
    assertThat(Memory.liveBytes()).isEqualTo(blocks);
  }

  @Test
  void shouldAllocateLessThanFourKilobytesOfHeapACall() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Detector detector = Detector.open(TestModels.parcels());
        Image image = Image.read(TestModels.parcelsPicture())) {
      for (int i = 0; i < 200; i++) {
        detector.detect(image);
      }
      long start = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      int calls = 200;
      for (int i = 0; i < calls; i++) {
        detector.detect(image);
      }
      long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - start;
      assertThat(bytes / calls).isLessThan(4096);
    }
  }
}
