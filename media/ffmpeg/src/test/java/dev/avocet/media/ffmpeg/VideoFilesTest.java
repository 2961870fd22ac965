package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoFilesTest {
  @TempDir Path folder;

  private static List<Integer> upTo(int frames) {
    return IntStream.range(0, frames).boxed().toList();
  }

  private static List<Taken> read(Path... files) {
    try (FrameSource source =
        Frames.open(List.of(files).stream().map(Path::toString).toArray(String[]::new))) {
      return Taken.all(source);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mpeg4,      clip.mp4,  64x48 I420",
    "mpeg4,      clip.avi,  64x48 I420",
    "mpeg4,      clip.mkv,  64x48 I420",
    "mpeg4,      clip.mov,  64x48 I420",
    "mpeg2video, clip.ts,   64x48 I420",
    "mpeg2video, clip.mpg,  64x48 I420",
    "libopenh264,clip.mp4,  64x48 I420",
    "libvpx,     clip.webm, 64x48 I420",
    "flv,        clip.flv,  64x48 I420",
  })
  void shouldGiveEveryFrameInOrder(String codec, String name, String picture) {
    Path file =
        new Clip().codec(codec, avutil.AV_PIX_FMT_YUV420P).frames(40).write(folder.resolve(name));

    List<Taken> frames = read(file);

    assertThat(frames).extracting(Taken::number).isEqualTo(upTo(40));
    assertThat(frames).extracting(t -> (int) t.index()).isEqualTo(upTo(40));
    assertThat(frames).extracting(t -> (int) Math.round(t.time() / 40)).isEqualTo(upTo(40));
    assertThat(frames).extracting(Taken::picture).containsOnly(picture + " (borrowed) NONE");
  }
}
