package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.internal.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who shares a run of a network, what is freed when, and many threads. */
@Timeout(60)
class PipelineLifeTest {
  /** Regions of eight text lines laid flat, each a picture of its own memory. */
  private static final String WARP =
      """
      {"type": "Pipeline", "input": ["box=*quads", "pic=+img"], "output": "*labels", "tasks": [
        {"type": "Task", "module": "WarpBbox", "input": ["pic", "box"], "output": "flat"},
        {"type": "Task", "module": "test.Fail", "input": "flat", "output": "patch",
         "params": {"width": 12}},
        {"type": "Inference", "input": "patch", "output": "labels",
         "params": {"model": "classifier"}}]}
      """;

  @TempDir Path folder;

  private Path graph;

  @BeforeEach
  void writeModels() throws IOException {
    TestModels.channelClassifier(folder.resolve("classifier"), 8);
    graph = PipelineTest.write(folder, "[\"img\", \"quads\"]", "\"labels\"", WARP);
  }

  @AfterEach
  void openGate() {
    TestModules.gate.countDown();
  }

  /** Upright quadrilaterals of these widths in the one stripe of each channel in turn. */
  private static Value quads(int... widths) {
    List<Value> list = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      float x = i % 3 * 40;
      float to = x + widths[i];
      list.add(Value.object(Map.entry("bbox", Value.of(x, 0, to, 0, to, 8, x, 8))));
    }
    return Value.of(list);
  }

  private static Map<String, List<Value>> inputs(Image image, int... widths) {
    return Map.of("img", List.of(Value.of(image)), "quads", List.of(quads(widths)));
  }

  private static List<Integer> labels(Answer answer) {
    return answer.first("labels").items().stream()
        .map(one -> one.items().get(0).get("label_id").asInt())
        .toList();
  }

  private static long runs(Pipeline pipeline) {
    return pipeline.stats().values().iterator().next().stages().stream()
        .filter(stage -> stage.name().equals("net"))
        .findFirst()
        .orElseThrow()
        .count();
  }

  @Test
  void shouldRunTheRegionsOfAPictureTogether() {
    try (Pipeline pipeline = Pipeline.open(graph);
        Pipeline single = Pipeline.builder(graph).maxBatch(1).open();
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      int[] widths = {16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
      try (Answer together = pipeline.run(inputs(image, widths));
          Answer alone = single.run(inputs(image, widths))) {
        assertThat(labels(together)).isEqualTo(labels(alone)).hasSize(16).startsWith(0, 1, 2);
      }
      assertThat(runs(pipeline)).isEqualTo(2);
      assertThat(runs(single)).isEqualTo(16);
    }
  }

  @Test
  void shouldRunRegionsOfSeveralCallersTogether() {
    try (Pipeline pipeline =
            Pipeline.builder(graph).maxBatch(4).batchDelay(Duration.ofSeconds(2)).open();
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      CompletableFuture<Answer> one = pipeline.submit(inputs(image, 20));
      CompletableFuture<Answer> two = pipeline.submit(inputs(image, 20, 20));
      CompletableFuture<Answer> three = pipeline.submit(inputs(image, 20));
      assertThat(labels(one.join())).containsExactly(0);
      assertThat(labels(two.join())).containsExactly(0, 1);
      assertThat(labels(three.join())).containsExactly(0);
      assertThat(runs(pipeline)).isEqualTo(1);
    }
  }

  @Test
  void shouldFailWithThePathOfTheNodeAndFreeWhatTheRunOwned() {
    try (Pipeline pipeline = Pipeline.open(graph);
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      labels(pipeline.run(inputs(image, 20)));
      long before = Memory.liveBytes();
      for (int i = 0; i < 20; i++) {
        AvocetException e =
            TestModels.failure(() -> pipeline.run(inputs(image, 20, 20, 9, 20)).close());
        assertThat(e.status()).isEqualTo(Status.FAIL);
        assertThat(e)
            .hasMessageEndingWith(
                "graph.json: $.tasks[0].tasks[1]: java.lang.IllegalStateException: too narrow");
        assertThat(e).hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(Memory.liveBytes()).isEqualTo(before);
        CompletableFuture<Answer> future = pipeline.submit(inputs(image, 9));
        assertThat(TestModels.failure(() -> join(future))).hasMessageContaining("too narrow");
      }
      assertThat(Memory.liveBytes()).isEqualTo(before);
      assertThat(labels(pipeline.run(inputs(image, 20, 20)))).containsExactly(0, 1);
    }
  }

  private static Answer join(CompletableFuture<Answer> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw (AvocetException) e.getCause();
    }
  }

  @Test
  void shouldGiveEightThreadsTheAnswersOfOne() throws Exception {
    try (Pipeline pipeline = Pipeline.builder(graph).queueCapacity(3).concurrency(2).open();
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      rounds(pipeline, image, 50);
      long before = Memory.liveBytes();
      rounds(pipeline, image, 200);
      // What leaks does so in each of some thousand runs; an engine keeps some shapes, now these,
      // now those.
      assertThat(Memory.liveBytes()).isLessThan(before + 4096);
    }
  }

  private static void rounds(Pipeline pipeline, Image image, int rounds) throws Exception {
    inThreads(
        () -> {
          for (int i = 0; i < rounds; i++) {
            int[] widths = new int[i % 12];
            List<Integer> expected = new ArrayList<>();
            for (int k = 0; k < widths.length; k++) {
              widths[k] = 12 + (i + k) % 20;
              expected.add(k % 3);
            }
            try (Answer answer = pipeline.run(inputs(image, widths))) {
              assertThat(labels(answer)).isEqualTo(expected);
            }
          }
          return rounds;
        });
  }

  private static void inThreads(Callable<Integer> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(work));
      }
      for (Future<Integer> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldAnswerOrRefuseWhileItIsClosed() throws Exception {
    for (int round = 0; round < 5; round++) {
      long before = Memory.liveBytes();
      Pipeline pipeline = Pipeline.open(graph);
      try (Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
        CountDownLatch started = new CountDownLatch(8);
        Future<?> closing =
            Executors.newSingleThreadExecutor()
                .submit(
                    () -> {
                      started.await();
                      pipeline.close();
                      return null;
                    });
        inThreads(
            () -> {
              started.countDown();
              try {
                for (int i = 0; ; i++) {
                  try (Answer answer = pipeline.run(inputs(image, 20, 20, 20))) {
                    assertThat(labels(answer)).containsExactly(0, 1, 2);
                  }
                }
              } catch (AvocetException e) {
                assertThat(e.status()).isEqualTo(Status.CLOSED);
                return 0;
              }
            });
        closing.get();
      }
      assertThat(Memory.liveBytes()).isLessThanOrEqualTo(before);
      pipeline.close();
    }
  }

  private Pipeline waiting(int capacity) throws IOException {
    Path file =
        PipelineTest.write(
            folder,
            "\"img\"",
            "\"same\"",
            "{\"type\": \"Task\", \"module\": \"test.Wait\", \"input\": \"in\","
                + " \"output\": \"same\"}",
            "{\"type\": \"Task\", \"module\": \"test.Wait\", \"input\": \"img\","
                + " \"output\": \"in\"}");
    return Pipeline.builder(file).queueCapacity(capacity).open();
  }

  @Test
  void shouldRefuseSubmissionsAtTheEntranceAndLetOthersWaitThere() throws Exception {
    TestModules.gate = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Pipeline pipeline = waiting(1);
        Image image = TestModels.stripes(4, 4, 0)) {
      Future<?> first = threads.submit(() -> pipeline.run(image).close());
      awaitBusy(pipeline, image);
      Future<?> second = threads.submit(() -> pipeline.run(image).close());
      TestModules.gate.countDown();
      first.get(30, TimeUnit.SECONDS);
      second.get(30, TimeUnit.SECONDS);
      assertThat(pipeline.submit(image).get().first("same").asImage().width()).isEqualTo(4);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Submits to a pipeline whose one place is about to be taken, once that is so. */
  private static void awaitBusy(Pipeline pipeline, Image image) throws InterruptedException {
    while (!isAtTheGate()) {
      Thread.sleep(5);
    }
    AvocetException refused = TestModels.failure(() -> pipeline.submit(image).join());
    assertThat(refused.status()).isEqualTo(Status.BUSY);
    assertThat(refused)
        .hasMessage("1 runs are under way already: submit later, or raise queueCapacity");
  }

  private static boolean isAtTheGate() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().contains("TestModules"));
  }

  @Test
  void shouldEndARunWhoseThreadIsInterrupted() throws Exception {
    TestModules.gate = new CountDownLatch(1);
    // So many that the run cannot have ended before the caller waits for it.
    int[] many = new int[2000];
    Arrays.fill(many, 20);
    try (Pipeline pipeline = Pipeline.open(graph);
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      AtomicReference<AvocetException> thrown = new AtomicReference<>();
      Thread caller =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                thrown.set(TestModels.failure(() -> pipeline.run(inputs(image, many)).close()));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
              });
      caller.start();
      caller.join();
      assertThat(thrown.get().status()).isEqualTo(Status.CANCELLED);
      assertThat(labels(pipeline.run(inputs(image, 20)))).containsExactly(0);
    }
  }

  @Test
  void shouldRunMoreSamplesThanItTakesAtATime() {
    try (Pipeline pipeline = Pipeline.open(graph);
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      int n = 3000;
      List<Value> images = new ArrayList<>();
      List<Value> quads = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        images.add(Value.of(image));
        quads.add(i % 100 == 0 ? quads(20, 20) : quads());
      }
      try (Answer answer = pipeline.run(Map.of("img", images, "quads", quads))) {
        assertThat(answer.get("labels")).hasSize(n);
        assertThat(answer.get("labels").get(200).items()).hasSize(2);
        assertThat(answer.get("labels").get(201).items()).isEmpty();
      }
    }
  }

  @Test
  void shouldWarmUpAndNotMindBeingClosedFromACallback() {
    try (Pipeline pipeline = Pipeline.open(graph);
        Image image = TestModels.stripes(40, 8, 0, 1, 2)) {
      pipeline.warmup();
      assertThat(runs(pipeline)).isEqualTo(1);
      pipeline.submit(inputs(image, 20)).thenRun(pipeline::close).join();
      assertThat(TestModels.failure(() -> pipeline.run(inputs(image, 20))).status())
          .isEqualTo(Status.CLOSED);
      assertThat(TestModels.failure(() -> pipeline.submit(inputs(image, 20)).join()))
          .hasMessage("the pipeline is closed: open a new one");
    }
  }
}
