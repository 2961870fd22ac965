package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.PixelFormat;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedClipTest {
  @Test
  void shouldGiveAllFramesOfARealClipInOrder() {
    Path clip =
        Path.of(System.getProperty("avocet.shared", "absent"))
            .resolve("assets/video/one-by-one-person-detection.mp4");
    if (System.getenv("CI") == null) {
      assumeTrue(Files.exists(clip), () -> "skipped: " + clip + " is absent (-Dshared.dir=DIR)");
    }
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
