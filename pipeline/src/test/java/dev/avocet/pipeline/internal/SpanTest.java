package dev.avocet.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpanTest {
  private static void spans() {
    Span.waiting("n", "queue", 1).commit();
    Span net = Span.stage("n", "net", 1);
    net.end();
    net.commit();
    Span.opening("m", "n", "e", "d").commit();
  }

  @Test
  void shouldAllocateNothingWhileNobodyRecordsEvenAfterARecording() {
    try (Recording recording = new Recording()) {
      recording.start();
      spans();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    spans();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 10_000; i++) {
      spans();
    }
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000);
  }

  @Test
  void shouldEndWhenToldNotWhenWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spans.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      Span span = Span.stage("n", "net", 3);
      Thread.sleep(20);
      span.end();
      Thread.sleep(200);
      span.commit();
      recording.stop();
      recording.dump(file);
    }
    RecordedEvent event = only(file, "dev.avocet.Stage");
    assertThat(event.getDuration().toMillis()).isBetween(19L, 150L);
    assertThat(event.getString("network")).isEqualTo("n");
    assertThat(event.getInt("pictures")).isEqualTo(3);
  }

  @Test
  void shouldLeaveOutWhatTheRecordingDoesNotWant(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("spans.jfr");
    try (Recording recording = new Recording()) {
      recording.disable("dev.avocet.Stage");
      recording.start();
      assertThat(Span.stage("n", "net", 1)).isSameAs(Span.NONE);
      spans();
      recording.stop();
      recording.dump(file);
    }
    assertThat(only(file, "dev.avocet.Wait").getString("reason")).isEqualTo("queue");
    assertThat(only(file, "dev.avocet.Open").getString("device")).isEqualTo("d");
    assertThat(events(file, "dev.avocet.Stage")).isEmpty();
  }

  private static RecordedEvent only(Path file, String name) throws IOException {
    List<RecordedEvent> events = events(file, name);
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  private static List<RecordedEvent> events(Path file, String name) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
  }
}
