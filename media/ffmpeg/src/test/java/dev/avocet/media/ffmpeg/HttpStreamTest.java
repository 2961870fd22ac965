package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.SourceOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpStreamTest {
  private static final Timing QUICK =
      new Timing(
          Duration.ofSeconds(4),
          Duration.ofMillis(700),
          Duration.ofMillis(20),
          Duration.ofMillis(100));

  private static StreamServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = new StreamServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static FrameSource open(String url, Timing timing) {
    return FFmpegSourceProvider.open(url, SourceOptions.DEFAULT, timing);
  }

  private static List<Taken> take(FrameSource source, int count, int pauseMillis)
      throws InterruptedException {
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (Frame frame = source.next().orElseThrow()) {
        taken.add(Taken.of(frame));
      }
      Thread.sleep(pauseMillis);
    }
    return taken;
  }

  private static void assertRising(List<Taken> taken) {
    assertThat(taken).extracting(Taken::index).isSorted().doesNotHaveDuplicates();
    assertThat(taken).extracting(Taken::time).isSorted().doesNotHaveDuplicates();
    assertThat(taken).extracting(Taken::number).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dies", "/hangs"})
  void shouldGoOnWhenTheConnectionIsLost(String path) throws InterruptedException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (FrameSource source = open(server.url("user:secret", path), QUICK)) {
      assertThat(source.size()).isEmpty();
      List<Taken> taken = take(source, 14, 0);

      assertRising(taken);
      assertThat(taken).extracting(Taken::picture).containsOnly("320x240 BGR (borrowed) NONE");
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains(server.url("***", path) + ": lost (")
        .doesNotContain("secret");
  }

  @Test
  void shouldGiveTheNewestWhenItIsTakenSlowly() throws InterruptedException {
    try (FrameSource source = open(server.url("/good"), QUICK)) {
      List<Taken> taken = take(source, 6, 200);

      assertRising(taken);
      long last = taken.get(5).index();
      assertThat(last).isGreaterThan(20);
      assertThat(source.dropped()).isBetween(last - 5, last + 30);
      // Each is what was sent shortly before it was taken.
      assertThat(taken.get(5).time() - taken.get(1).time()).isBetween(500.0, 1500.0);
    }
  }

  @Test
  void shouldEndAFileThatAServerSends() {
    try (FrameSource source = open(server.url("/file.mp4"), QUICK)) {
      assertThat(source.size()).hasValue(20);
      assertThat(Taken.all(source)).extracting(Taken::number).hasSize(20).isSorted();
    }
  }

  @Test
  void shouldGiveUpWhenTheServerNeverAnswers() {
    long start = System.nanoTime();

    assertThatThrownBy(() -> open(server.url("user:secret", "/mute"), QUICK).close())
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.FAIL))
        .hasMessage(server.url("***", "/mute") + ": no answer within 4.0 s");
    assertThat(System.nanoTime() - start).isLessThan(6_000_000_000L);
  }

  @Test
  void shouldSayWhyItCannotConnectWithoutThePassword() {
    assertThatThrownBy(() -> open(server.url("user:wrong", "/closed?token=abc"), QUICK).close())
        .hasMessageStartingWith(server.url("***", "/closed?token=***") + ": cannot be opened: ")
        .hasMessageContaining("401");
    assertThatThrownBy(() -> open("http://user:wrong@127.0.0.1:9/", QUICK).close())
        .hasMessageStartingWith("http://***@127.0.0.1:9/: cannot be opened: Connection refused");
    try (FrameSource source = open(server.url("user:secret", "/closed"), QUICK);
        Frame frame = source.next().orElseThrow()) {
      assertThat(frame.input()).isEqualTo(server.url("***", "/closed"));
    }
  }

  @Test
  void shouldEndAWaitingCallWhenItIsClosedWhileTheServerHangs() throws Exception {
    FrameSource source = open(server.url("/hangs"), Timing.DEFAULT);
    List<Frame> held = new ArrayList<>();
    held.add(source.next().orElseThrow());
    CompletableFuture<Optional<Frame>> rest =
        CompletableFuture.supplyAsync(
            () -> {
              Optional<Frame> next = source.next();
              while (next.isPresent()) {
                next.get().close();
                next = source.next();
              }
              return next;
            });
    Thread.sleep(300);
    assertThat(rest).isNotDone();
    long start = System.nanoTime();

    source.close();

    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThat(rest.get(1, TimeUnit.SECONDS)).isEmpty();
    held.forEach(Frame::close);
  }
}
