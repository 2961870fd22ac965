package dev.avocet.preprocess.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The canvas that only takes note. It checks what the transforms ask for, and folds it into one
 * {@link AffinePass} as long as that gives the same pixels; from the first step on that does not,
 * it keeps the reason and goes on following sizes and types. Confined to one thread.
 */
public final class RecordingCanvas implements Canvas {
  private final int sourceWidth;
  private final int sourceHeight;
  private PixelFormat colour;
  private int channelCount;
  private int width;
  private int height;
  private DataType type = DataType.UINT8;
  private Layout layout = Layout.NHWC;
  private String reason = "";

  /**
   * Part of the source that is sampled, and at what size; {@code interpolation} null = as it is.
   */
  private Rect window;

  private int resizedWidth;
  private int resizedHeight;
  private Interpolation interpolation;

  /** Part of the sampled picture that is used, and where it stands in the target. */
  private Rect kept;

  private int left;
  private int top;

  /** Null as long as there is no padding. */
  private PadMode padMode;

  private ChannelMap channels;
  private boolean normalized;

  /** A canvas for a source picture that has this size once it is upright. */
  public RecordingCanvas(int sourceWidth, int sourceHeight) {
    this.sourceWidth = sourceWidth;
    this.sourceHeight = sourceHeight;
  }

  @Override
  public int width() {
    checkLoaded();
    return width;
  }

  @Override
  public int height() {
    checkLoaded();
    return height;
  }

  @Override
  public int channels() {
    checkLoaded();
    return channelCount;
  }

  @Override
  public DataType type() {
    return type;
  }

  /** Shape of one sample, batch 1. */
  public Shape shape() {
    checkLoaded();
    return layout == Layout.NCHW
        ? Shape.of(1, channelCount, height, width)
        : Shape.of(1, height, width, channelCount);
  }

  /** Why the steps do not fold into one pass; empty if they do. */
  public String reason() {
    return reason;
  }

  /** What the steps folded into; only without a {@link #reason}. */
  public AffinePass pass() {
    Rect source = window;
    Rect used = kept;
    if (interpolation == null) {
      // Nothing is sampled, so what is cut off need not be read either.
      source = new Rect(window.x() + kept.x(), window.y() + kept.y(), kept.width(), kept.height());
      used = new Rect(0, 0, kept.width(), kept.height());
    }
    return new AffinePass(
        source,
        colour,
        interpolation == null ? used.width() : resizedWidth,
        interpolation == null ? used.height() : resizedHeight,
        interpolation == null ? Interpolation.NEAREST : interpolation,
        used,
        left,
        top,
        width,
        height,
        padMode == null ? PadMode.CONSTANT : padMode,
        channels.padValue(),
        channels.order(),
        channels.mean(),
        channels.scale(),
        layout,
        type);
  }

  @Override
  public void load(PixelFormat colour) {
    if (this.colour != null) {
      throw AvocetException.invalidArgument("LoadImageFromFile stands twice: remove one");
    }
    this.colour = colour;
    channelCount = colour.channels();
    channels = new ChannelMap(channelCount);
    width = sourceWidth;
    height = sourceHeight;
    window = new Rect(0, 0, width, height);
    untouched();
  }

  @Override
  public void resize(int width, int height, Interpolation interpolation) {
    checkOpen();
    checkSize(width, height);
    if (width == this.width && height == this.height) {
      return;
    }
    if (this.interpolation != null) {
      cannotFold("it resizes twice");
    } else if (padMode != null) {
      cannotFold("it resizes after padding");
    } else if (type != DataType.UINT8) {
      cannotFold("it resizes float values");
    } else {
      window = new Rect(window.x() + kept.x(), window.y() + kept.y(), kept.width(), kept.height());
      this.interpolation = interpolation;
    }
    this.width = width;
    this.height = height;
    untouched();
  }

  /** The whole of the present picture is kept and stands alone. */
  private void untouched() {
    resizedWidth = width;
    resizedHeight = height;
    kept = new Rect(0, 0, width, height);
    left = 0;
    top = 0;
  }

  @Override
  public void crop(int x, int y, int width, int height) {
    checkOpen();
    checkSize(width, height);
    if (x < 0 || y < 0 || x + width > this.width || y + height > this.height) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "crop x=%d y=%d %dx%d is not inside of %dx%d"
              .formatted(x, y, width, height, this.width, this.height));
    }
    int fromX = Math.max(x, left);
    int fromY = Math.max(y, top);
    int toX = Math.min(x + width, left + kept.width());
    int toY = Math.min(y + height, top + kept.height());
    this.width = width;
    this.height = height;
    if (fromX >= toX || fromY >= toY) {
      cannotFold("it crops to padding alone");
      return;
    }
    boolean inside = toX - fromX == width && toY - fromY == height;
    boolean around = toX - fromX == kept.width() && toY - fromY == kept.height();
    if (inside) {
      padMode = null;
    } else if (!around && padMode != PadMode.CONSTANT) {
      cannotFold("it cuts into a picture that its edge pads");
    }
    kept = new Rect(kept.x() + fromX - left, kept.y() + fromY - top, toX - fromX, toY - fromY);
    left = fromX - x;
    top = fromY - y;
  }

  @Override
  public void pad(int top, int left, int bottom, int right, PadMode mode, float value) {
    checkOpen();
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "padding top=%d left=%d bottom=%d right=%d has to be zero or more"
              .formatted(top, left, bottom, right));
    }
    checkSize((long) width + left + right, (long) height + top + bottom);
    if (top == 0 && left == 0 && bottom == 0 && right == 0) {
      return;
    }
    // OpenCV rounds the value of a border to the picture's type.
    float stored =
        type == DataType.UINT8 ? (float) Math.max(0, Math.min(255, Math.rint(value))) : value;
    if (padMode == null) {
      channels.padWith(stored);
    } else if (padMode != mode || mode == PadMode.REFLECT || mode == PadMode.SYMMETRIC) {
      cannotFold("it pads twice in different ways");
    } else if (mode == PadMode.CONSTANT && !channels.isPaddedWith(stored)) {
      cannotFold("it pads twice with different values");
    }
    padMode = mode;
    this.top += top;
    this.left += left;
    width += left + right;
    height += top + bottom;
  }

  @Override
  public void normalize(float[] mean, float[] std, boolean swapRedBlue) {
    checkOpen();
    if (normalized) {
      cannotFold("it normalizes twice");
    }
    normalized = true;
    if (swapRedBlue) {
      channels.swapRedBlue();
    }
    channels.normalize(mean, std);
    type = DataType.FLOAT32;
  }

  @Override
  public void swapRedBlue() {
    checkOpen();
    channels.swapRedBlue();
  }

  @Override
  public void toGrey(int channels) {
    checkOpen();
    cannotFold("it makes grey of colours");
    channelCount = channels;
    this.channels = new ChannelMap(channels);
  }

  @Override
  public void mirror() {
    checkOpen();
    cannotFold("it exchanges left and right");
  }

  @Override
  public void toFloat() {
    checkOpen();
    type = DataType.FLOAT32;
  }

  @Override
  public void toPlanar() {
    checkOpen();
    layout = Layout.NCHW;
  }

  @Override
  public ByteBuffer pixels() {
    checkOpen();
    cannotFold("it reads or writes single pixels");
    // Of the right size, so that the step can be planned; nobody looks at the content.
    return ByteBuffer.allocateDirect(width * height * channels() * type.bytes())
        .order(ByteOrder.nativeOrder());
  }

  private void cannotFold(String why) {
    if (reason.isEmpty()) {
      reason = why;
    }
  }

  private void checkLoaded() {
    if (colour == null) {
      throw AvocetException.invalidArgument(
          "there is no picture yet: the first transform has to be LoadImageFromFile");
    }
  }

  private void checkOpen() {
    checkLoaded();
    if (layout == Layout.NCHW) {
      throw AvocetException.invalidArgument(
          "after ImageToTensor, DefaultFormatBundle or FormatShape only Collect may follow");
    }
  }

  private void checkSize(long width, long height) {
    if (width < 1 || height < 1) {
      throw AvocetException.invalidArgument(
          "a picture of %dx%d has no pixel left".formatted(width, height));
    }
    if (width > Integer.MAX_VALUE / height / ((long) channels() * Float.BYTES)) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "a picture of %dx%d would take more than 2 GiB".formatted(width, height));
    }
  }
}
