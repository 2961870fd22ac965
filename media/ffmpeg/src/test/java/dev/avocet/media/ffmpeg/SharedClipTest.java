package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.testing.SharedFolder;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedClipTest {
  @Test
  void shouldGiveAllFramesOfARealClipInOrder() {
    Path clip = SharedFolder.resolve("assets/video/one-by-one-person-detection.mp4");
    try (FrameSource source = Frames.open(clip.toString())) {
      assertThat(source.size()).hasValue(1394);
      assertThat(source.frameRate().orElseThrow()).isBetween(9.9, 10.1);
      long index = 0;
      for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
        try (Frame frame = next.get()) {
          assertThat(frame.index()).isEqualTo(index);
          assertThat(frame.timeMillis().orElseThrow())
              .isBetween(index * 100 - 1.0, index * 100 + 1.0);
          assertThat(frame.image().format()).isEqualTo(PixelFormat.I420);
          index++;
        }
      }
      assertThat(index).isEqualTo(1394);
      assertThat(source.dropped()).isZero();
    }
  }
}
