package dev.avocet.core.preprocess;

import dev.avocet.core.DataType;
import dev.avocet.core.PixelFormat;
import java.nio.ByteBuffer;

/**
 * The picture that transforms work on: interleaved pixels of 1 or 3 channels, UINT8 after {@link
 * #load}. A transform says what is to happen; the canvas either does it at once with OpenCV (the
 * unfused path) or only takes note, so that the planner can fold the whole list into one {@link
 * AffinePass}. Confined to one thread.
 */
public interface Canvas {
  /** Pixels across, now. */
  int width();

  /** Pixels down, now. */
  int height();

  /** Channels, 1 or 3. */
  int channels();

  /** UINT8 or FLOAT32. */
  DataType type();

  /**
   * Takes the source picture, turned upright, as {@code colour}: BGR, RGB or GRAY8. Comes first.
   */
  void load(PixelFormat colour);

  /** Samples the picture at a new size, as OpenCV's {@code resize} does. */
  void resize(int width, int height, Interpolation interpolation);

  /** Keeps a window that lies inside of the picture. */
  void crop(int x, int y, int width, int height);

  /**
   * Adds pixels around the picture.
   *
   * @param value for {@link PadMode#CONSTANT}, the same for all channels, in the present units
   */
  void pad(int top, int left, int bottom, int right, PadMode mode, float value);

  /**
   * Makes FLOAT32 values {@code (v - mean[c]) * (1 / std[c])}, computed in float32 with the
   * reciprocal; {@code c} counts after the swap.
   *
   * @param swapRedBlue whether channels 0 and 2 change places first
   */
  void normalize(float[] mean, float[] std, boolean swapRedBlue);

  /** Exchanges channels 0 and 2; nothing with one channel. */
  void swapRedBlue();

  /**
   * Makes grey of colours, weighted as {@link PixelFormat#GRAY8} is made of them.
   *
   * @param channels 1, or 3 that are all the same
   */
  void toGrey(int channels);

  /** Exchanges left and right. */
  void mirror();

  /** Makes FLOAT32 of UINT8 without scaling; nothing if it is FLOAT32. */
  void toFloat();

  /** Lays the channels out as planes (NCHW); comes last. */
  void toPlanar();

  /**
   * The pixels themselves, rows without padding, for what the calls above cannot say. A list with
   * such a step is never fused: the planner takes the unfused path.
   */
  ByteBuffer pixels();
}
