package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That FFmpeg writes nothing to a process' output; seen from outside of the process. */
class QuietTest {
  @TempDir Path folder;

  @Test
  void shouldPrintNothingWhenVideosAreDamaged() throws IOException, InterruptedException {
    for (String ending : List.of(".mp4", ".mkv", ".avi", ".ts")) {
      Path whole =
          new Clip()
              .codec(ending.equals(".mp4") ? "libopenh264" : "mpeg4", avutil.AV_PIX_FMT_YUV420P)
              .size(320, 240)
              .headerFirst()
              .frames(30)
              .write(folder.resolve("whole" + ending));
      byte[] bytes = Files.readAllBytes(whole);
      Files.write(folder.resolve("half" + ending), Arrays.copyOf(bytes, bytes.length / 2));
      Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 300, (byte) 0x5a);
      Files.write(folder.resolve("changed" + ending), bytes);
    }
    OtherJvm.Result read =
        OtherJvm.run(folder.resolve("output"), List.of("-Xmx40m"), ReadAll.class, folder + "/*.*");

    assertThat(read.output()).isEmpty();
    assertThat(read.exitCode()).isBetween(2, 12);
  }

  /** Reads what a glob matches; the exit code is the number of failed frames. */
  static final class ReadAll {
    private ReadAll() {}

    public static void main(String[] args) {
      int failed = 0;
      try (FrameSource source = Frames.open(args)) {
        for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
          try (Frame frame = next.get()) {
            failed += frame.error().map(AvocetException::status).isPresent() ? 1 : 0;
          }
        }
      }
      System.exit(failed);
    }
  }
}
