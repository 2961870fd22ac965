package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.testing.SharedFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a video's frames are answered as the same frames written as pictures are. */
class VideoDetectionTest {
  @TempDir Path folder;

  private void compare(int every) {
    Path shared = SharedFolder.resolve("");
    Path clip = shared.resolve("assets/video/one-by-one-person-detection.mp4");
    Path picture = folder.resolve("frame.png");
    int found = 0;
    long frames = 0;
    try (Detector detector = Detector.open(shared.resolve("assets/sdk-models/yolox_nano"));
        FrameSource source = Frames.open(clip.toString())) {
      for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
        try (Frame frame = next.get()) {
          assertThat(frame.index()).isEqualTo(frames++);
          if (frame.index() % every != 0) {
            continue;
          }
          ImageCodec.installed().write(frame.image(), picture);
          try (Image image = Image.read(picture)) {
            var detections = detector.detect(frame.image());
            assertThat(detections).as("frame %d", frame.index()).isEqualTo(detector.detect(image));
            found += detections.size();
          }
        }
      }
    }
    assertThat(frames).isEqualTo(1394);
    assertThat(found).isGreaterThan(1000 / every);
  }

  @Test
  void shouldAnswerAsOnPicturesOfTheFrames() {
    compare(20);
  }

  @Tag("soak")
  @Test
  void shouldAnswerAsOnPicturesOfEveryFrame() {
    compare(1);
  }
}
