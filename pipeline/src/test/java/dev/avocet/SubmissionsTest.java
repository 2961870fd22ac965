package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.LaterEngine.Held;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.net.LayerTime;
import dev.avocet.testing.ProcessMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submitted calls on an engine whose runs end when the test lets them; a picture's first class is
 * the channel that it has light in.
 */
@Timeout(120)
class SubmissionsTest {
  @TempDir Path folder;
  private final Held held = new Held();
  private final List<Image> pictures = new ArrayList<>();
  private final List<Image> colours = new ArrayList<>();
  private Path model;
  private long before;

  @BeforeEach
  void prepare() throws IOException {
    before = Memory.liveBytes();
    model = LaterEngine.takesOver(TaskModels.classifier(folder));
    LaterEngine.reset(held, true);
    for (int channel = 0; channel < 3; channel++) {
      colours.add(picture(TestModels.stripes(8, 6, channel)));
    }
  }

  @AfterEach
  void shouldHaveUsedNoSlotThatRanAndFreedAll() {
    pictures.forEach(Image::close);
    assertThat(LaterEngine.violations).isEmpty();
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  private Image picture(Image image) {
    pictures.add(image);
    return image;
  }

  private HandleBuilder<Classifier> builder(int slots) {
    return Classifier.builder(model).concurrency(slots);
  }

  private static int first(List<Classification> classes) {
    return classes.get(0).classId();
  }

  private static AvocetException failure(CompletableFuture<?> future) {
    return TestModels.failure(
        () -> {
          try {
            future.join();
          } catch (CompletionException e) {
            throw (AvocetException) e.getCause();
          }
        });
  }

  private List<CompletableFuture<List<Classification>>> submit(Classifier classifier, int calls) {
    return IntStream.range(0, calls).mapToObj(i -> classifier.submit(colours.get(i % 3))).toList();
  }

  private static void assertAnswered(List<CompletableFuture<List<Classification>>> futures) {
    for (int i = 0; i < futures.size(); i++) {
      assertThat(first(futures.get(i).join())).as("call %d", i).isEqualTo(i % 3);
    }
  }

  private static List<String> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("avocet-classifier-"))
        .toList();
  }

  @Test
  void shouldKeepEightSlotsBusyWithOneThread() {
    try (Classifier classifier = builder(8).maxBatch(1).open()) {
      List<CompletableFuture<List<Classification>>> futures = submit(classifier, 11);
      held.await(8);
      assertThat(workers()).containsExactly("avocet-classifier-0");
      CompletableFuture<String> thread =
          futures.get(5).thenApply(answer -> Thread.currentThread().getName());
      held.end(5);
      assertThat(thread.join()).isEqualTo("avocet-classifier-0");
      assertThat(first(futures.get(5).join())).isEqualTo(2);
      held.await(8);
      assertThat(futures.stream().filter(CompletableFuture::isDone)).hasSize(1);
      held.endAll();
      held.await(2);
      held.endAll();
      assertAnswered(futures);
      assertThat(LaterEngine.mostAtOnce()).isEqualTo(8);
      assertThat(classifier.stats().stages()).allSatisfy(s -> assertThat(s.count()).isEqualTo(11));
    }
    assertThat(workers()).isEmpty();
  }

  @Test
  void shouldRunSideBySideOnAnEngineThatOnlyWaits() {
    LaterEngine.reset(held, false);
    try (Classifier classifier = builder(4).maxBatch(1).open()) {
      List<CompletableFuture<List<Classification>>> futures = submit(classifier, 4);
      held.await(4);
      assertThat(workers()).hasSize(4);
      held.endAll();
      assertAnswered(futures);
    }
  }

  /** Ends runs in any order until it is closed. */
  private final class Disorder implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread = new Thread(this::run);

    Disorder() {
      thread.start();
    }

    private void run() {
      Random random = new Random(7);
      while (!over.get()) {
        int count = held.count();
        if (count > 0) {
          held.end(random.nextInt(count));
        }
        if (random.nextInt(4) == 0) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    public void close() {
      over.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void shouldAnswerManyCallsWhoseRunsEndInAnyOrder() throws Exception {
    for (boolean async : new boolean[] {true, false}) {
      LaterEngine.reset(held, async);
      for (int batch : new int[] {1, 4}) {
        try (Disorder disorder = new Disorder();
            Classifier classifier = builder(5).maxBatch(batch).queueCapacity(5000).open()) {
          assertThat(disorder.thread.isAlive()).isTrue();
          ExecutorService threads = Executors.newFixedThreadPool(4);
          List<Future<List<CompletableFuture<List<Classification>>>>> all = new ArrayList<>();
          for (int i = 0; i < 4; i++) {
            all.add(threads.submit(() -> submit(classifier, 1000)));
          }
          for (Future<List<CompletableFuture<List<Classification>>>> futures : all) {
            assertAnswered(futures.get());
          }
          threads.shutdown();
          assertThat(classifier.stats().stages().get(2).count()).isEqualTo(4000);
        }
      }
    }
  }

  @Test
  void shouldAnswerSubmittedCallsWhileThreadsCall() throws Exception {
    try (Disorder disorder = new Disorder();
        Classifier classifier = builder(2).maxBatch(1).queueCapacity(300).open()) {
      assertThat(disorder.thread.isAlive()).isTrue();
      AtomicBoolean over = new AtomicBoolean();
      ExecutorService threads = Executors.newFixedThreadPool(3);
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int channel = i;
        callers.add(
            threads.submit(
                () -> {
                  while (!over.get()) {
                    int found = first(classifier.classify(colours.get(channel)));
                    assertThat(found).isEqualTo(channel);
                  }
                }));
      }
      assertAnswered(submit(classifier, 300));
      over.set(true);
      for (Future<?> caller : callers) {
        caller.get();
      }
      threads.shutdown();
    }
  }

  @Test
  void shouldRefuseWhatWaitsAndAnswerWhatRunsWhenItIsClosed() throws Exception {
    Classifier classifier = builder(3).maxBatch(1).open();
    List<CompletableFuture<List<Classification>>> futures = submit(classifier, 9);
    held.await(3);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(classifier::close);
    assertThat(futures.subList(3, 9))
        .allSatisfy(f -> assertThat(failure(f).status()).isEqualTo(Status.CLOSED));
    assertThat(closing).isNotDone();
    assertThat(futures.subList(0, 3)).noneMatch(CompletableFuture::isDone);
    held.end(2);
    held.end(0);
    assertThat(first(futures.get(0).join())).isEqualTo(0);
    assertThat(closing).isNotDone();
    held.end(0);
    closing.get();
    assertAnswered(futures.subList(0, 3));
    assertThat(TestModels.failure(() -> submit(classifier, 1)).status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void shouldSurviveCloseAtAnyMoment() throws Exception {
    for (int round = 0; round < 100; round++) {
      LaterEngine.reset(held, round % 2 == 0);
      try (Disorder disorder = new Disorder()) {
        assertThat(disorder.thread.isAlive()).isTrue();
        Classifier classifier = builder(1 + round % 3).queueCapacity(1000).open();
        List<CompletableFuture<List<Classification>>> futures = submit(classifier, 20 + round);
        if (round % 4 < 2) {
          futures.get(round / 10).join();
        }
        classifier.close();
        assertThat(futures).allMatch(CompletableFuture::isDone);
        for (int i = 0; i < futures.size(); i++) {
          if (futures.get(i).isCompletedExceptionally()) {
            assertThat(failure(futures.get(i)).status()).isEqualTo(Status.CLOSED);
          } else {
            assertThat(first(futures.get(i).get())).isEqualTo(i % 3);
          }
        }
      }
    }
  }

  @Test
  void shouldGiveEachItsOwnAnswerWhenOneMakesTheRunFailOrKeepsItFromStarting() {
    Image black = picture(Painting.of(8, 6, 0));
    Image white = picture(Painting.of(8, 6, 0xffffff));
    try (Disorder disorder = new Disorder();
        Classifier classifier = builder(1).maxBatch(4).batchDelay(Duration.ofSeconds(30)).open()) {
      assertThat(disorder.thread.isAlive()).isTrue();
      for (Image bad : List.of(black, white)) {
        CompletableFuture<List<Classification>> one = classifier.submit(colours.get(1));
        CompletableFuture<List<Classification>> wrong = classifier.submit(bad);
        CompletableFuture<List<Classification>> two = classifier.submit(colours.get(2));
        CompletableFuture<List<Classification>> three = classifier.submit(colours.get(0));
        assertThat(first(one.join())).isEqualTo(1);
        assertThat(first(two.join())).isEqualTo(2);
        assertThat(first(three.join())).isZero();
        AvocetException e = failure(wrong);
        assertThat(e.status()).isEqualTo(Status.FAIL);
        assertThat(e).hasMessage(bad == black ? "black makes it fail" : "white cannot be started");
      }
    }
  }

  @Test
  void shouldRunPicturesOfSeveralShapesOneAfterAnotherInOneSlot() {
    Image wide = picture(TestModels.stripes(20, 6, 1));
    try (Classifier classifier = builder(2).maxBatch(4).batchDelay(Duration.ofSeconds(30)).open()) {
      List<CompletableFuture<List<Classification>>> futures = new ArrayList<>();
      for (Image image : List.of(colours.get(0), wide, colours.get(2), wide)) {
        futures.add(classifier.submit(image));
      }
      held.await(1);
      held.end(0);
      held.await(1);
      assertThat(futures).noneMatch(CompletableFuture::isDone);
      held.end(0);
      assertThat(futures.stream().map(f -> first(f.join()))).containsExactly(0, 1, 2, 1);
      assertThat(LaterEngine.mostAtOnce()).isEqualTo(1);
      assertThat(classifier.stats().stages().get(1).count()).isEqualTo(2);
    }
  }

  @Test
  void shouldKeepToDeadlinesAndCapacity() throws InterruptedException {
    try (Classifier classifier = builder(1).maxBatch(1).queueCapacity(2).open()) {
      CompletableFuture<List<Classification>> one = classifier.submit(colours.get(0));
      held.await(1);
      ClassifyOptions soon = ClassifyOptions.DEFAULT.withDeadline(Duration.ofMillis(1));
      CompletableFuture<List<Classification>> late = classifier.submit(colours.get(1), soon);
      CompletableFuture<List<Classification>> two = classifier.submit(colours.get(2));
      AvocetException busy = TestModels.failure(() -> classifier.submit(colours.get(0)).join());
      assertThat(busy.status()).isEqualTo(Status.BUSY);
      assertThat(busy)
          .hasMessage("2 calls are waiting already: submit later, or raise queueCapacity");
      Thread.sleep(5);
      held.endAll();
      assertThat(failure(late).status()).isEqualTo(Status.DEADLINE);
      held.await(1);
      held.endAll();
      assertThat(first(one.join())).isZero();
      assertThat(first(two.join())).isEqualTo(2);
    }
  }

  @Test
  void shouldWaitForCompanyAndAnswerOthersMeanwhile() {
    Duration long_ = Duration.ofSeconds(60);
    Classifier classifier = builder(2).maxBatch(2).batchDelay(long_).open();
    List<CompletableFuture<List<Classification>>> futures = submit(classifier, 3);
    held.await(1);
    held.end(0);
    assertAnswered(futures.subList(0, 2));
    assertThat(futures.get(2)).isNotDone();
    assertThat(held.count()).isZero();
    CompletableFuture<List<Classification>> company = classifier.submit(colours.get(0));
    held.await(1);
    held.end(0);
    assertThat(first(futures.get(2).join())).isEqualTo(2);
    assertThat(first(company.join())).isZero();
    assertThat(classifier.stats().stages().get(1).count()).isEqualTo(2);
    CompletableFuture<List<Classification>> lonely = classifier.submit(colours.get(0));
    classifier.close();
    assertThat(failure(lonely).status()).isEqualTo(Status.CLOSED);
  }

  @Test
  void shouldNotWaitForCompanyThatAFullQueueKeepsAwayNorLongerThanTheDelay() {
    try (Classifier full =
            builder(1).maxBatch(4).queueCapacity(2).batchDelay(Duration.ofSeconds(60)).open();
        Classifier soon = builder(1).maxBatch(4).batchDelay(Duration.ofMillis(20)).open()) {
      List<CompletableFuture<List<Classification>>> two = submit(full, 2);
      held.await(1);
      held.end(0);
      assertAnswered(two);
      List<CompletableFuture<List<Classification>>> one = submit(soon, 1);
      held.await(1);
      held.end(0);
      assertAnswered(one);
    }
  }

  @Test
  void shouldCloseFromAFunctionThatDependsOnACallWhileOthersRun() {
    Classifier classifier = builder(4).maxBatch(1).open();
    List<CompletableFuture<List<Classification>>> futures = submit(classifier, 6);
    held.await(4);
    CompletableFuture<Void> closed = futures.get(1).thenRun(classifier::close);
    held.end(1);
    assertThat(failure(futures.get(5)).status()).isEqualTo(Status.CLOSED);
    assertThat(closed).isNotDone();
    held.end(2);
    held.endAll();
    closed.join();
    assertAnswered(futures.subList(0, 4));
  }

  @Test
  void shouldCloseFromTwoThreadsOfItsOwnAtOnce() throws Exception {
    LaterEngine.reset(held, false);
    Classifier classifier = builder(2).maxBatch(1).open();
    CyclicBarrier both = new CyclicBarrier(2);
    List<CompletableFuture<Void>> closed = new ArrayList<>();
    for (CompletableFuture<List<Classification>> future : submit(classifier, 2)) {
      closed.add(
          future.thenRun(
              () -> {
                try {
                  both.await();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                classifier.close();
              }));
    }
    held.await(2);
    held.endAll();
    for (CompletableFuture<Void> one : closed) {
      one.get();
    }
  }

  @Test
  void shouldLetAFunctionThatDependsOnACallUseTheHandleWhenAllSlotsAreTaken() throws Exception {
    try (Classifier classifier = builder(2).maxBatch(1).open()) {
      CountDownLatch freed = new CountDownLatch(1);
      CountDownLatch taken = new CountDownLatch(1);
      List<CompletableFuture<List<Classification>>> futures = submit(classifier, 2);
      held.await(2);
      CompletableFuture<List<Classification>> again =
          futures
              .get(0)
              .thenApply(
                  answer -> {
                    freed.countDown();
                    await(taken);
                    return classifier.classify(colours.get(2));
                  });
      CompletableFuture<List<Classification>> other =
          CompletableFuture.supplyAsync(
              () -> {
                await(freed);
                return classifier.classify(colours.get(1));
              });
      held.end(0);
      held.await(2);
      // Nobody but the thread that is about to ask for a slot can free the one that this ends.
      held.end(0);
      taken.countDown();
      assertThat(first(futures.get(1).join())).isEqualTo(1);
      held.await(2);
      held.endAll();
      assertThat(first(again.join())).isEqualTo(2);
      assertThat(first(other.join())).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldNotMindAnInterruptedFunctionThatDependsOnACall() {
    try (Disorder disorder = new Disorder();
        Classifier classifier = builder(2).maxBatch(4).batchDelay(Duration.ofMillis(10)).open()) {
      assertThat(disorder.thread.isAlive()).isTrue();
      for (int i = 0; i < 5; i++) {
        classifier.submit(colours.get(0)).thenRun(() -> Thread.currentThread().interrupt()).join();
        Thread.interrupted();
        assertAnswered(submit(classifier, 3));
      }
    }
  }

  @Test
  void shouldTimeTheRunAndNotTheWaitForTheWorker() throws InterruptedException {
    try (Classifier classifier = builder(2).maxBatch(1).open()) {
      CountDownLatch go = new CountDownLatch(1);
      List<CompletableFuture<List<Classification>>> futures = submit(classifier, 2);
      held.await(2);
      CompletableFuture<Void> blocking = futures.get(0).thenRun(() -> await(go));
      held.endAll();
      Thread.sleep(300);
      go.countDown();
      blocking.join();
      assertAnswered(futures);
      Duration net = classifier.stats().stages().get(1).p99();
      Duration call = classifier.stats().stages().get(3).p99();
      assertThat(call.minus(net)).isGreaterThan(Duration.ofMillis(200));
    }
  }

  @Test
  void shouldRunTheUnitsOfAPipelineWithOneThread() {
    try (Pipeline pipeline = Pipeline.builder(model).concurrency(4).maxBatch(2).open()) {
      CompletableFuture<Answer> answer =
          CompletableFuture.supplyAsync(
              () -> pipeline.run(IntStream.range(0, 8).mapToObj(i -> colours.get(i % 3)).toList()));
      held.await(4);
      held.endAll();
      try (Answer all = answer.join()) {
        assertThat(
                all.get("post_output").stream()
                    .map(value -> value.items().get(0).get("label_id").asInt()))
            .containsExactly(0, 1, 2, 0, 1, 2, 0, 1);
      }
      assertThat(LaterEngine.mostAtOnce()).isEqualTo(4);
    }
  }

  @Test
  void shouldSumUpLayersWhereTheEngineTimesThem() throws IOException {
    try (Disorder disorder = new Disorder();
        Classifier classifier = builder(2).maxBatch(1).open()) {
      assertThat(disorder.thread.isAlive()).isTrue();
      assertAnswered(submit(classifier, 3));
      assertThat(classifier.stats().layers()).isEmpty();
      LayerTime add = new LayerTime("sum", "Add", "plain", Duration.ofNanos(7));
      LaterEngine.layers =
          List.of(new LayerTime("conv1", "Convolution", "avx", Duration.ofMillis(2)), add);
      assertAnswered(submit(classifier, 2));
      LaterEngine.layers =
          List.of(new LayerTime("conv1", "Convolution", "avx", Duration.ofMillis(5)), add);
      assertThat(first(classifier.classify(colours.get(1)))).isEqualTo(1);
      LaterEngine.layers =
          List.of(new LayerTime("conv1", "Convolution", "sse", Duration.ofMillis(9)));
      assertAnswered(submit(classifier, 1));
      assertThat(classifier.stats().layers())
          .containsExactly(
              new Stats.Layer("conv1", "Convolution", "avx", 3, Duration.ofMillis(3)),
              new Stats.Layer("sum", "Add", "plain", 3, Duration.ofNanos(7)),
              new Stats.Layer("conv1", "Convolution", "sse", 1, Duration.ofMillis(9)));
    }
  }

  @Test
  void shouldNotGrow() throws InterruptedException {
    long early = 0;
    try (Disorder disorder = new Disorder();
        Classifier classifier = builder(3).maxBatch(2).open()) {
      assertThat(disorder.thread.isAlive()).isTrue();
      for (int round = 1; round <= 400; round++) {
        assertAnswered(submit(classifier, 24));
        try (Classifier other = builder(2).open()) {
          assertAnswered(submit(other, 6));
        }
        if (round == 100) {
          early = ProcessMemory.settledBytes();
        }
      }
      assertThat(ProcessMemory.settledBytes() - early)
          .as("resident bytes from a quarter to the end, early=%d", early)
          .isLessThanOrEqualTo(16L << 20);
    }
    assertThat(workers()).isEmpty();
  }

  @Test
  void shouldFailAsTheEngineDoesWhenCalledDirectly() throws ExecutionException {
    Image black = picture(Painting.of(8, 6, 0));
    try (Disorder disorder = new Disorder();
        Classifier classifier = builder(1).open()) {
      assertThat(disorder.thread.isAlive()).isTrue();
      assertThat(TestModels.failure(() -> classifier.classify(black)))
          .hasMessage("black makes it fail");
      assertThat(first(classifier.classify(colours.get(1)))).isEqualTo(1);
    }
  }
}
