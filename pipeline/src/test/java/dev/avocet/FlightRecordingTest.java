package dev.avocet;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.avocet.core.Image;
import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java Flight Recorder hears: docs/observability.md. */
class FlightRecordingTest {
  private static final int DIRECT = 5;
  private static final int SUBMITTED = 6;

  @TempDir Path folder;
  private Stats stats;
  private List<RecordedEvent> events;

  /** Finds codes in a process of its own, of which the output is how many in each of two calls. */
  static final class FindCodes {
    private FindCodes() {}

    public static void main(String[] args) {
      try (Detector detector = Detector.open(Path.of(args[0]));
          Image image = Image.read(Path.of(args[1]))) {
        System.out.println(
            detector.detect(image).size() + " " + detector.submit(image).join().size());
      }
    }
  }

  @BeforeEach
  void record() throws IOException {
    Path file = folder.resolve("calls.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      try (Detector detector = Detector.open(TestModels.parcels());
          Image image = Image.read(TestModels.parcelsPicture())) {
        for (int i = 0; i < DIRECT; i++) {
          detector.detect(image);
        }
        List<CompletableFuture<List<Detection>>> futures = new ArrayList<>();
        for (int i = 0; i < SUBMITTED; i++) {
          futures.add(detector.submit(image));
        }
        futures.forEach(CompletableFuture::join);
        stats = detector.stats();
      }
      recording.stop();
      recording.dump(file);
    }
    events = RecordingFile.readAllEvents(file);
  }

  private List<RecordedEvent> events(String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.avocet." + name))
        .toList();
  }

  @Test
  void shouldRecordTheStagesThatStatsCount() {
    for (Stats.Stage stage : stats.stages()) {
      List<RecordedEvent> own =
          events("Stage").stream()
              .filter(event -> event.getString("stage").equals(stage.name()))
              .toList();
      assertThat(own)
          .hasSize((int) stage.count())
          .allSatisfy(event -> assertThat(event.getString("network")).isEqualTo("parcels"))
          .allSatisfy(event -> assertThat(event.getStackTrace()).isNull());
      Duration sum =
          own.stream().map(RecordedEvent::getDuration).reduce(Duration.ZERO, Duration::plus);
      assertThat(sum.toNanos() / 1e6)
          .isBetween(
              stage.total().toNanos() / 1e6 * 0.9 - own.size(),
              stage.total().toNanos() / 1e6 * 1.1 + own.size());
    }
    int pictures =
        events("Stage").stream()
            .filter(event -> event.getString("stage").equals("call"))
            .mapToInt(event -> event.getInt("pictures"))
            .sum();
    assertThat(pictures).isEqualTo(DIRECT + SUBMITTED);
  }

  @Test
  void shouldRecordHowLongSubmittedCallsWaited() {
    assertThat(
            events("Wait").stream()
                .filter(event -> event.getString("reason").equals("queue"))
                .collect(groupingBy(event -> event.getInt("pictures"), counting())))
        .containsExactly(entry(1, (long) SUBMITTED));
  }

  @Test
  void shouldRecordTheOpeningOfTheNetwork() {
    assertThat(events("Open")).hasSize(1);
    RecordedEvent open = events("Open").get(0);
    assertThat(open.getString("model")).endsWith("parcels");
    assertThat(open.getString("engine")).isIn("onnxruntime", "openvino");
    assertThat(open.getString("device")).isEqualTo("cpu");
    assertThat(open.getDuration()).isPositive();
  }

  @Test
  void shouldWorkInAJavaWithoutFlightRecorder() throws Exception {
    OtherJvm.Result result =
        OtherJvm.run(
            folder.resolve("output"),
            List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "--limit-modules",
                "java.base,java.logging,java.management,java.xml,jdk.management,jdk.unsupported"),
            FindCodes.class,
            TestModels.parcels().toString(),
            TestModels.parcelsPicture().toString());
    assertThat(result.output().strip()).matches("[1-9] [1-9]");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void shouldLoadNothingOfEventsWhileNobodyRecords() throws Exception {
    OtherJvm.Result result =
        OtherJvm.run(
            folder.resolve("output"),
            List.of("-verbose:class"),
            FindCodes.class,
            TestModels.parcels().toString(),
            TestModels.parcelsPicture().toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("dev.avocet.pipeline.internal.Span")
        .doesNotContain("jdk.jfr.Event ", "StageEvent", "WaitEvent", "OpenEvent");
  }
}
