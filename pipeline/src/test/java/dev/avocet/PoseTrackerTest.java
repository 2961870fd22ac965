package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.model.Params;
import dev.avocet.testing.SharedFolder;
import dev.avocet.track.DetectionMode;
import dev.avocet.track.TrackerParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reference's tracker over real frames: a detector of people and a stand-in for poses. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PoseTrackerTest {
  /** Within what a coordinate agrees with the reference's, in pixels. */
  private static final float NEAR = .01f;

  private final List<Image> frames = new ArrayList<>();
  private List<TrackerParams> params;
  private JsonNode runs;
  private PoseTracker tracker;

  @BeforeEach
  void open() throws IOException {
    Path one = SharedFolder.resolve("conformance/cases/tracker-people");
    try (Stream<Path> files = Files.list(one.resolve("frames"))) {
      files.sorted().forEach(file -> frames.add(Image.read(file)));
    }
    ObjectMapper mapper = new ObjectMapper();
    runs = mapper.readTree(one.resolve("expected.json").toFile()).path("runs");
    params = new ArrayList<>();
    for (JsonNode state : mapper.readTree(one.resolve("case.json").toFile()).path("states")) {
      params.add(TrackerParams.of(Params.parse("case.json", state.toString())));
    }
    tracker =
        PoseTracker.builder(one.resolve("detector"), one.resolve("model"))
            .concurrency(2)
            .queueCapacity(100)
            .open();
  }

  @AfterEach
  void close() {
    if (tracker != null) {
      tracker.close();
    }
    frames.forEach(Image::close);
  }

  private static void assertAgrees(List<TrackedPose> seen, JsonNode expected) {
    JsonNode ids = expected.path("ids");
    assertThat(seen).hasSize(ids.size());
    for (int i = 0; i < seen.size(); i++) {
      assertThat(seen.get(i).id()).isEqualTo(ids.get(i).intValue());
      JsonNode box = expected.path("boxes").get(i);
      assertThat(seen.get(i).box().x1()).isCloseTo(box.get(0).floatValue(), within(NEAR));
      assertThat(seen.get(i).box().y1()).isCloseTo(box.get(1).floatValue(), within(NEAR));
      assertThat(seen.get(i).box().x2()).isCloseTo(box.get(2).floatValue(), within(NEAR));
      assertThat(seen.get(i).box().y2()).isCloseTo(box.get(3).floatValue(), within(NEAR));
      List<KeyPoint> points = seen.get(i).pose().keyPoints();
      for (int k = 0; k < points.size(); k++) {
        JsonNode point = expected.path("key_points").get(i).get(k);
        assertThat(points.get(k).x()).isCloseTo(point.get(0).floatValue(), within(NEAR));
        assertThat(points.get(k).y()).isCloseTo(point.get(1).floatValue(), within(NEAR));
        assertThat(points.get(k).score()).isCloseTo(point.get(2).floatValue(), within(1e-4f));
      }
    }
  }

  private List<PoseTracker.State> states() {
    return params.stream().map(tracker::newState).toList();
  }

  @Test
  void shouldAgreeWithTheReferenceWhenStatesTakeTurns() {
    List<PoseTracker.State> states = states();
    for (int f = 0; f < frames.size(); f++) {
      for (int s = 0; s < states.size(); s++) {
        assertAgrees(tracker.track(states.get(s), frames.get(f)), runs.get(s).get(f));
      }
    }
    // Every frame was searched in the first run, every third in the second.
    assertThat(tracker.stats().stages())
        .filteredOn(stage -> stage.name().equals("detector.net"))
        .singleElement()
        .satisfies(stage -> assertThat(stage.count()).isEqualTo(24 + 8));
  }

  @Test
  void shouldAgreeWithTheReferenceWhenVideosShareABatch() {
    List<PoseTracker.State> states = states();
    for (int f = 0; f < frames.size(); f++) {
      List<Image> same = Collections.nCopies(states.size(), frames.get(f));
      List<List<TrackedPose>> seen = tracker.trackBatch(states, same);
      for (int s = 0; s < states.size(); s++) {
        assertAgrees(seen.get(s), runs.get(s).get(f));
      }
    }
  }

  @Test
  void shouldAgreeWithTheReferenceWhenAllFramesAreSubmittedAtOnce() {
    List<PoseTracker.State> states = states();
    List<CompletableFuture<List<TrackedPose>>> futures = new ArrayList<>();
    for (Image frame : frames) {
      states.forEach(state -> futures.add(tracker.submit(state, frame)));
    }
    for (int i = 0; i < futures.size(); i++) {
      assertAgrees(futures.get(i).join(), runs.get(i % states.size()).get(i / states.size()));
    }
  }

  @Test
  void shouldSearchWhenForcedAndNotWhenForbidden() {
    TrackerParams never = TrackerParams.builder().detectionInterval(0).build();
    PoseTracker.State state = tracker.newState(never);
    assertThat(tracker.track(state, frames.get(0))).isEmpty();
    assertThat(tracker.track(state, frames.get(1), DetectionMode.FORCED)).isNotEmpty();
    PoseTracker.State other = tracker.newState(params.get(0));
    assertThat(tracker.track(other, frames.get(0), DetectionMode.NEVER)).isEmpty();
    assertAgrees(tracker.track(tracker.newState(params.get(0)), frames.get(0)), runs.get(0).get(0));
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    PoseTracker.State state = tracker.newState(TrackerParams.DEFAULT);
    Image frame = frames.get(0);
    assertThatThrownBy(() -> tracker.trackBatch(List.of(state), List.of()))
        .hasMessage("states=1 frames=0 modes=1: expected one of each for a frame");
    assertThatThrownBy(() -> tracker.trackBatch(List.of(state, state), List.of(frame, frame)))
        .hasMessageContaining("a state is there twice");
    assertThat(tracker.trackBatch(List.of(), List.of())).isEmpty();
    Path one = SharedFolder.resolve("conformance/cases/tracker-people");
    try (PoseTracker other = PoseTracker.open(one.resolve("detector"), one.resolve("model"))) {
      assertThatThrownBy(() -> other.track(state, frame))
          .hasMessageContaining("the state belongs to another PoseTracker");
      assertThatThrownBy(() -> other.submit(state, frame))
          .hasMessageContaining("the state belongs to another PoseTracker");
    }
    assertThatThrownBy(() -> PoseTracker.open(one.resolve("model"), one.resolve("model")))
        .hasMessageContaining("a Detector cannot be opened on a model of task");
    assertThatThrownBy(() -> PoseTracker.open(one.resolve("detector"), one.resolve("detector")))
        .hasMessageContaining("a PoseDetector cannot be opened on a model of task");
  }

  @Test
  void shouldGiveUpAFrameThatFailsAndGoOn() {
    PoseTracker.State state = tracker.newState(params.get(0));
    assertAgrees(tracker.track(state, frames.get(0)), runs.get(0).get(0));
    Image closed = TestModels.noise(8, 8, 1);
    closed.close();
    assertThatThrownBy(() -> tracker.track(state, closed)).isInstanceOf(AvocetException.class);
    CompletableFuture<List<TrackedPose>> failed = tracker.submit(state, closed);
    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(AvocetException.class);
    assertAgrees(tracker.track(state, frames.get(1)), runs.get(0).get(1));
  }

  @Test
  void shouldSayBusyWhenTheQueueIsFull() {
    PoseTracker.State state = tracker.newState(params.get(0));
    List<CompletableFuture<List<TrackedPose>>> futures = new ArrayList<>();
    AvocetException busy =
        TestModels.failure(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                futures.add(tracker.submit(state, frames.get(0)));
              }
            });
    assertThat(busy.status()).isEqualTo(Status.BUSY);
    assertThat(busy)
        .hasMessage("100 frames are waiting already: submit later, or raise queueCapacity");
    futures.forEach(future -> future.cancel(false));
    assertThat(tracker.track(tracker.newState(params.get(0)), frames.get(0))).hasSize(1);
  }

  @Test
  void shouldAnswerOrSayClosedWhenClosedWhileTracking() throws InterruptedException {
    PoseTracker.State state = tracker.newState(params.get(0));
    List<CompletableFuture<List<TrackedPose>>> futures = new ArrayList<>();
    for (Image frame : frames) {
      futures.add(tracker.submit(state, frame));
    }
    CountDownLatch running = new CountDownLatch(1);
    List<Throwable> ends = Collections.synchronizedList(new ArrayList<>());
    PoseTracker.State own = tracker.newState(params.get(1));
    Thread caller =
        new Thread(
            () -> {
              try {
                while (true) {
                  tracker.track(own, frames.get(0));
                  running.countDown();
                }
              } catch (AvocetException e) {
                ends.add(e);
              }
            });
    caller.start();
    running.await();
    futures.get(0).join();
    tracker.close();
    tracker.close();
    caller.join();
    assertThat(ends)
        .singleElement()
        .satisfies(e -> assertThat(((AvocetException) e).status()).isEqualTo(Status.CLOSED));
    int answered = 0;
    for (CompletableFuture<List<TrackedPose>> future : futures) {
      // The worker gives the state back, which close waits for, and completes the future then.
      assertThat(future.handle((answer, e) -> true)).succeedsWithin(Duration.ofSeconds(10));
      if (!future.isCompletedExceptionally()) {
        answered++;
      } else {
        assertThatThrownBy(future::join)
            .cause()
            .isInstanceOfSatisfying(
                AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.CLOSED));
      }
    }
    assertThat(answered).isBetween(1, frames.size() - 1);
    assertThatThrownBy(() -> tracker.submit(state, frames.get(0)))
        .hasMessage("the handle is closed: open a new one");
  }

  @Test
  void shouldLetWhatDependsOnAFrameCloseTheTracker() {
    PoseTracker.State state = tracker.newState(params.get(0));
    CompletableFuture<Void> closed =
        tracker.submit(state, frames.get(0)).thenRun(() -> tracker.close());
    closed.join();
    assertThat(TestModels.failure(() -> tracker.track(state, frames.get(0))).status())
        .isEqualTo(Status.CLOSED);
  }
}
