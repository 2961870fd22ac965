package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.internal.Memory;
import dev.avocet.media.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engineless")
class ClipSamplerTest {
  private static Frame frame(int index) {
    Image image = Image.copyOf(new byte[] {(byte) index}, PixelFormat.GRAY8, 1, 1);
    return Frame.of("clip.mp4", index, 40 * index, image, image::close);
  }

  /** The pieces of a video of so many frames: first frame, length, and the frames that are kept. */
  private static List<String> pieces(ClipSampler sampler, int frames) {
    List<String> pieces = new ArrayList<>();
    sampler.begin();
    for (int i = 0; i < frames; i++) {
      try (Frame frame = frame(i)) {
        sampler.add(frame, i == frames - 1).ifPresent(piece -> pieces.add(text(piece)));
      }
    }
    return pieces;
  }

  private static String text(ClipSampler.Piece piece) {
    try (piece) {
      List<Integer> kept = new ArrayList<>();
      piece.pictures().forEach(picture -> kept.add((int) picture.plane(0).get(0)));
      return piece.first().index() + " +" + piece.length() + " " + kept;
    }
  }

  @Test
  void shouldKeepEveryNthFrameOfEachPiece() {
    long before = Memory.liveBytes();
    ClipSampler sampler = new ClipSampler(2, 3);
    assertThat(pieces(sampler, 12)).containsExactly("0 +6 [0, 3]", "6 +6 [6, 9]");
    assertThat(pieces(sampler, 6)).containsExactly("0 +6 [0, 3]");
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }

  @Test
  void shouldAnswerWhatIsLeftWhereItIsHalfAPieceOrAllThereIs() {
    long before = Memory.liveBytes();
    ClipSampler sampler = new ClipSampler(4, 1);
    assertThat(pieces(sampler, 6)).containsExactly("0 +4 [0, 1, 2, 3]", "4 +2 [4, 5, 5, 5]");
    assertThat(pieces(sampler, 5)).containsExactly("0 +4 [0, 1, 2, 3]");
    assertThat(Memory.liveBytes()).isEqualTo(before);
    assertThat(pieces(sampler, 1)).containsExactly("0 +1 [0, 0, 0, 0]");
  }

  @Test
  void shouldForgetAVideoThatBrokeOff() {
    long before = Memory.liveBytes();
    ClipSampler sampler = new ClipSampler(4, 1);
    sampler.begin();
    try (Frame frame = frame(0)) {
      assertThat(sampler.add(frame, false)).isEmpty();
    }
    assertThat(pieces(sampler, 4)).containsExactly("0 +4 [0, 1, 2, 3]");
    assertThat(Memory.liveBytes()).isEqualTo(before);
  }
}
