package dev.avocet.core.preprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * Preprocessing folded into one record: take a window of the upright source as {@code colour},
 * sample it at {@code resizedWidth x resizedHeight}, keep a part, place it in the target, fill the
 * rest, and give every value {@code (v - mean[c]) * scale[c]} in the asked order, layout and type.
 *
 * <p>Output channel {@code c} reads channel {@code order[c]} of {@code colour}. Sampling is that of
 * OpenCV's {@code resize} on 8-bit pixels, rounding included. Arrays are not copied and must not be
 * written. Immutable.
 *
 * @param source window of the upright source picture, in its pixels
 * @param colour BGR, RGB or GRAY8
 * @param resizedWidth pixels across after sampling the window
 * @param resizedHeight pixels down after sampling the window
 * @param interpolation how it is sampled
 * @param kept part of the sampled picture that is used
 * @param left target column of the kept part's first column
 * @param top target row of the kept part's first row
 * @param width pixels across of the target
 * @param height pixels down of the target
 * @param padMode what stands around the kept part
 * @param padValue for each output channel, in output units, with {@link PadMode#CONSTANT}
 * @param order channel of {@code colour} for each output channel
 * @param mean subtracted, for each output channel
 * @param scale factor, for each output channel
 * @param layout order of axes
 * @param type FLOAT32, or UINT8 with mean 0 and scale 1
 */
@SuppressWarnings("ArrayRecordComponent") // planned once, read on the hot path, never compared
public record AffinePass(
    Rect source,
    PixelFormat colour,
    int resizedWidth,
    int resizedHeight,
    Interpolation interpolation,
    Rect kept,
    int left,
    int top,
    int width,
    int height,
    PadMode padMode,
    float[] padValue,
    int[] order,
    float[] mean,
    float[] scale,
    Layout layout,
    DataType type) {

  /** Checks that the parts fit together. */
  public AffinePass {
    Objects.requireNonNull(source);
    Objects.requireNonNull(interpolation);
    Objects.requireNonNull(padMode);
    Objects.requireNonNull(layout);
    Objects.requireNonNull(type);
    int n = order.length;
    if (colour != PixelFormat.BGR && colour != PixelFormat.RGB && colour != PixelFormat.GRAY8) {
      throw AvocetException.notSupported("pass in colour=" + colour + ": BGR, RGB or GRAY8");
    }
    if (n != colour.channels() || padValue.length != n || mean.length != n || scale.length != n) {
      throw AvocetException.invalidArgument(
          "channels differ: colour=%s order=%d padValue=%d mean=%d scale=%d"
              .formatted(colour, n, padValue.length, mean.length, scale.length));
    }
    for (int channel : order) {
      if (channel < 0 || channel >= n) {
        throw AvocetException.invalidArgument(
            "order=%s: %s has the channels 0 to %d"
                .formatted(Arrays.toString(order), colour, n - 1));
      }
    }
    if (!inside(kept.x(), kept.width(), resizedWidth)
        || !inside(kept.y(), kept.height(), resizedHeight)
        || !inside(left, kept.width(), width)
        || !inside(top, kept.height(), height)) {
      throw AvocetException.invalidArgument(
          "kept=%s at %d,%d does not fit: resized %dx%d, target %dx%d"
              .formatted(kept, left, top, resizedWidth, resizedHeight, width, height));
    }
    if (type != DataType.FLOAT32 && type != DataType.UINT8) {
      throw AvocetException.notSupported("pass of type " + type + ": FLOAT32 or UINT8");
    }
  }

  private static boolean inside(int start, int length, int whole) {
    return start >= 0 && (long) start + length <= whole;
  }

  /** The same pass with its source window moved by {@code x, y} pixels. */
  public AffinePass movedBy(int x, int y) {
    if (x == 0 && y == 0) {
      return this;
    }
    Rect moved = new Rect(source.x() + x, source.y() + y, source.width(), source.height());
    return new AffinePass(
        moved,
        colour,
        resizedWidth,
        resizedHeight,
        interpolation,
        kept,
        left,
        top,
        width,
        height,
        padMode,
        padValue,
        order,
        mean,
        scale,
        layout,
        type);
  }

  /** Channels of the target. */
  public int channels() {
    return order.length;
  }

  /** Shape of the target with a batch of {@code batch}. */
  public Shape shape(int batch) {
    return layout == Layout.NCHW
        ? Shape.of(batch, channels(), height, width)
        : Shape.of(batch, height, width, channels());
  }

  /** Whether any part of the target is padding. */
  public boolean padded() {
    return kept.width() != width || kept.height() != height;
  }
}
