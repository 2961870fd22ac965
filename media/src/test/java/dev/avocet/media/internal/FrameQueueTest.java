package dev.avocet.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameQueueTest {
  private static final class NoSlot implements FrameQueue.Slot {
    @Override
    public void empty() {}

    @Override
    public void close() {}
  }

  @Test
  void shouldTellFlightRecorderOfFramesTakenAndDropped(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("frames.jfr");
    try (Recording recording = new Recording();
        FrameQueue<NoSlot> queue = new FrameQueue<>(true, NoSlot::new)) {
      recording.start();
      for (int i = 0; i < 3; i++) {
        Image image = Image.copyOf(new byte[3], PixelFormat.BGR, 1, 1);
        queue.put(Frame.of("camera:7", i, image));
      }
      queue.take().orElseThrow().close();
      assertThat(queue.dropped()).isEqualTo(2);
      recording.stop();
      recording.dump(file);
    }
    List<String> seen =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("dev.avocet.Frame"))
            .map(
                event ->
                    event.getString("input")
                        + " "
                        + event.getLong("number")
                        + (event.getBoolean("dropped") ? " dropped" : " taken"))
            .toList();
    assertThat(seen)
        .containsExactly("camera:7 0 dropped", "camera:7 1 dropped", "camera:7 2 taken");
  }
}
