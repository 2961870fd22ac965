package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of every format in a video. */
class VideoFormatsTest {
  private static final int SIDE = 64;

  @TempDir Path folder;

  private DecodedVideo.Shot shot(Image image) {
    Path file = folder.resolve("one.mp4");
    try (FrameSink sink = FrameSinks.open(file.toString(), OptionalLong.of(1), 25);
        Frame frame = Frame.of("x.png", 0, image)) {
      sink.write(frame, image);
      sink.finish();
    }
    return DecodedVideo.of(file).frames().get(0);
  }

  /** Bytes of an orange pixel, by ITU-R BT.601 where there is chroma; grey has its luma. */
  private static byte[] pixels(PixelFormat format) {
    int n = SIDE * SIDE;
    return switch (format) {
      case BGR -> repeat(n, 0x20, 0x80, 0xf0);
      case RGB -> repeat(n, 0xf0, 0x80, 0x20);
      case BGRA -> repeat(n, 0x20, 0x80, 0xf0, 0xff);
      case RGBA -> repeat(n, 0xf0, 0x80, 0x20, 0xff);
      case GRAY8 -> repeat(n, 0x97);
      case GRAY16 -> repeat(n, 0x97, 0x97);
      case YUYV -> repeat(n / 2, 145, 69, 145, 184);
      case NV12 -> joined(repeat(n, 145), repeat(n / 4, 69, 184));
      case NV21 -> joined(repeat(n, 145), repeat(n / 4, 184, 69));
      case I420 -> joined(repeat(n, 145), joined(repeat(n / 4, 69), repeat(n / 4, 184)));
    };
  }

  private static byte[] repeat(int times, int... values) {
    byte[] bytes = new byte[times * values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i % values.length];
    }
    return bytes;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void shouldKeepTheColours(PixelFormat format) {
    boolean grey = format == PixelFormat.GRAY8 || format == PixelFormat.GRAY16;
    try (Image image = Image.copyOf(pixels(format), format, SIDE, SIDE)) {
      int[] yuv = shot(image).yuv(SIDE / 2, SIDE / 2);
      assertThat(yuv[0]).isBetween(142, 148);
      assertThat(yuv[1]).isBetween(grey ? 125 : 66, grey ? 131 : 72);
      assertThat(yuv[2]).isBetween(grey ? 125 : 181, grey ? 131 : 187);
    }
  }

  @Test
  void shouldTurnWhatIsRotated() {
    byte[] pixels = new byte[3 * 64 * 32];
    // The stored picture's left half is white; turned clockwise, that is the upper half.
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3 % 64 < 32 ? 255 : 0);
    }
    try (Image stored = Image.copyOf(pixels, PixelFormat.BGR, 64, 32)) {
      DecodedVideo.Shot shot = shot(stored.rotated(Rotation.CLOCKWISE_90));
      assertThat(shot.width()).isEqualTo(32);
      assertThat(shot.height()).isEqualTo(64);
      assertThat(shot.yuv(16, 10)[0]).isGreaterThan(220);
      assertThat(shot.yuv(16, 54)[0]).isLessThan(30);
    }
  }
}
