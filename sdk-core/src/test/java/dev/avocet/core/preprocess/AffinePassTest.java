package dev.avocet.core.preprocess;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import org.junit.jupiter.api.Test;

class AffinePassTest {

  /** 100x50 sampled at 64x32, of which a part lies in a target of 64x64. */
  private static AffinePass pass(Rect kept, int left, int top, int[] order, Layout layout) {
    float[] zeros = new float[order.length];
    return new AffinePass(
        new Rect(0, 0, 100, 50),
        PixelFormat.BGR,
        64,
        32,
        Interpolation.BILINEAR,
        kept,
        left,
        top,
        64,
        64,
        PadMode.CONSTANT,
        zeros,
        order,
        zeros,
        zeros,
        layout,
        DataType.FLOAT32);
  }

  private static AffinePass pass(Rect kept, int left, int top) {
    return pass(kept, left, top, new int[] {2, 1, 0}, Layout.NCHW);
  }

  @Test
  void shouldGiveItsShape() {
    AffinePass planar = pass(new Rect(0, 0, 64, 32), 0, 16);
    assertThat(planar.shape(4)).isEqualTo(Shape.of(4, 3, 64, 64));
    assertThat(planar.padded()).isTrue();
    AffinePass packed = pass(new Rect(0, 0, 64, 32), 0, 0, new int[] {0, 1, 2}, Layout.NHWC);
    assertThat(packed.shape(1)).isEqualTo(Shape.of(1, 64, 64, 3));
    assertThat(packed.channels()).isEqualTo(3);
  }

  @Test
  void shouldMoveItsWindowAndNothingElse() {
    AffinePass pass = pass(new Rect(1, 2, 60, 30), 3, 4);
    AffinePass moved = pass.movedBy(5, 7);
    assertThat(moved.source()).isEqualTo(new Rect(5, 7, 100, 50));
    assertThat(moved.movedBy(-5, -7)).isEqualTo(pass);
    assertThat(pass.movedBy(0, 0)).isSameAs(pass);
  }

  @Test
  void shouldRefusePartsThatDoNotFit() {
    int max = Integer.MAX_VALUE;
    assertThat(pass(new Rect(1, 1, 63, 31), 1, 33).left()).isEqualTo(1);
    Rect[] outside = {
      new Rect(-1, 0, 5, 5),
      new Rect(1, 0, 64, 5),
      new Rect(0, 1, 5, 32),
      new Rect(max, 0, max, 1),
      new Rect(0, max, 1, max)
    };
    for (Rect kept : outside) {
      assertFails(Status.INVALID_ARG, () -> pass(kept, 0, 0))
          .contains("kept=" + kept + " at 0,0 does not fit: resized 64x32, target 64x64");
    }
    Rect all = new Rect(0, 0, 64, 32);
    assertFails(Status.INVALID_ARG, () -> pass(all, 1, 0)).contains("at 1,0");
    assertFails(Status.INVALID_ARG, () -> pass(all, 0, 33)).contains("at 0,33");
    assertFails(Status.INVALID_ARG, () -> pass(all, max, 0)).contains("does not fit");
    assertFails(Status.INVALID_ARG, () -> pass(all, 0, -1)).contains("at 0,-1");
  }

  @Test
  void shouldRefuseChannelsThatDoNotExist() {
    Rect all = new Rect(0, 0, 64, 32);
    assertFails(Status.INVALID_ARG, () -> pass(all, 0, 0, new int[] {0}, Layout.NCHW))
        .contains("channels differ: colour=BGR order=1");
    assertFails(Status.INVALID_ARG, () -> pass(all, 0, 0, new int[] {0, 1, 3}, Layout.NCHW))
        .isEqualTo("order=[0, 1, 3]: BGR has the channels 0 to 2");
  }
}
