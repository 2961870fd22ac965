package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.ImageCodec;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import dev.avocet.media.internal.FrameQueue;
import dev.avocet.testing.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SourceLifeTest {
  @TempDir Path folder;

  private FrameSource open(SourceOptions.Pace pace, int frames) {
    Path file = new Clip().frames(frames).write(folder.resolve("clip.mp4"));
    return Frames.open(
        new SourceOptions(ImageCodec.Options.DEFAULT, pace, ""), List.of(file.toString()));
  }

  @Test
  void shouldWaitForFramesToComeBackAndKeepThoseInUse() {
    List<Frame> held = new ArrayList<>();
    try (FrameSource source = open(SourceOptions.Pace.FAST, 60)) {
      for (int i = 0; i < FrameQueue.SLOTS; i++) {
        held.add(source.next().orElseThrow());
      }
      CompletableFuture<Optional<Frame>> next = CompletableFuture.supplyAsync(source::next);
      assertThat(next).isNotCompleted();
      held.remove(0).close();
      held.add(next.join().orElseThrow());
      assertThat(source.dropped()).isZero();
    }
    for (int i = 0; i < held.size(); i++) {
      assertThat(Clip.number(held.get(i).image())).isEqualTo(i + 1);
      held.get(i).close();
      held.get(i).close();
    }
  }

  @Test
  void shouldEndAWaitingCallWhenItIsClosed() throws Exception {
    List<Frame> held = new ArrayList<>();
    FrameSource source = open(SourceOptions.Pace.FAST, 60);
    for (int i = 0; i < FrameQueue.SLOTS; i++) {
      held.add(source.next().orElseThrow());
    }
    CompletableFuture<Optional<Frame>> next = CompletableFuture.supplyAsync(source::next);
    Thread.sleep(50);
    long start = System.nanoTime();
    source.close();
    assertThat(next.get(1, TimeUnit.SECONDS)).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    held.forEach(Frame::close);
    assertThat(source.next()).isEmpty();
    source.close();
  }

  @Test
  void shouldComeAtItsOwnTimeAndDropWhatIsLateWhenThePaceIsReal() throws Exception {
    try (FrameSource source = open(SourceOptions.Pace.REAL, 30)) {
      List<Long> indices = new ArrayList<>();
      long start = 0;
      for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
        try (Frame frame = next.get()) {
          start = start == 0 ? System.nanoTime() : start;
          double late = (System.nanoTime() - start) / 1e6 - frame.timeMillis().orElseThrow();
          assertThat(late).as("frame %d", frame.index()).isBetween(-60.0, 400.0);
          assertThat(Clip.number(frame.image())).isEqualTo((int) frame.index());
          indices.add(frame.index());
          Thread.sleep(100);
        }
      }
      assertThat(indices).isSorted().doesNotHaveDuplicates().endsWith(29L);
      assertThat(indices.size() + source.dropped()).isEqualTo(30);
      assertThat(source.dropped()).isGreaterThan(10);
    }
  }

  @Test
  void shouldLeaveNeitherThreadsNorMemoryWhenOpenedAndClosedManyTimes() throws IOException {
    Path file = new Clip().size(320, 240).frames(60).write(folder.resolve("clip.mp4"));
    try (FrameSource source = Frames.open(file.toString())) {
      source.next().orElseThrow().close();
      assertThat(threads()).anyMatch(name -> name.startsWith("avocet-video"));
    }
    rounds(file, 50);
    long limit = 4 << 20;
    long growth = ProcessMemory.leastGrowth(limit, () -> rounds(file, 50));

    // A joined thread may still be on its way out of the kernel.
    long patience = System.nanoTime() + 2_000_000_000L;
    while (threads().stream().anyMatch(name -> name.startsWith("av"))
        && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    assertThat(threads()).noneMatch(name -> name.startsWith("av"));
    assertThat(growth).as("growth in bytes").isLessThan(limit);
  }

  private static void rounds(Path file, int rounds) {
    for (int i = 0; i < rounds; i++) {
      try (FrameSource source = Frames.open(file.toString())) {
        for (int frame = 0; frame < i % 9; frame++) {
          source.next().orElseThrow().close();
        }
      }
    }
  }

  /** Names of the process' threads; FFmpeg's begin with "av:", ours with "avocet". */
  private static List<String> threads() throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        try {
          names.add(Files.readString(task.resolve("comm")));
        } catch (IOException e) {
          names.add("gone");
        }
      }
    }
    return names;
  }
}
