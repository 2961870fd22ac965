package dev.avocet.core.preprocess;

import dev.avocet.core.RectF;
import java.util.Optional;

/**
 * One picture on its way through the transforms: the {@link Canvas} and what later stages have to
 * know of its geometry. Confined to one thread.
 */
public final class Sample {
  private final Canvas canvas;
  private final int originalWidth;
  private final int originalHeight;
  private final Optional<RectF> box;
  private final int view;
  private int width;
  private int height;
  private boolean scaled;
  private float scaleX = 1;
  private float scaleY = 1;
  private int padTop;
  private int padLeft;
  private int borderTop;
  private int borderLeft;
  private float validRatio = 1;
  private Optional<RectF> window = Optional.empty();

  /**
   * A sample whose source picture, once upright, has this size.
   *
   * @param box the part of it that the caller asks about, where the task has boxes
   * @param view which of the views that {@link Transform#views} counts this is
   */
  public Sample(
      Canvas canvas, int originalWidth, int originalHeight, Optional<RectF> box, int view) {
    this.canvas = canvas;
    this.box = box;
    this.view = view;
    this.originalWidth = originalWidth;
    this.originalHeight = originalHeight;
    this.width = originalWidth;
    this.height = originalHeight;
  }

  /** The pixels. */
  public Canvas canvas() {
    return canvas;
  }

  /** Width of the upright source picture. */
  public int originalWidth() {
    return originalWidth;
  }

  /** Height of the upright source picture. */
  public int originalHeight() {
    return originalHeight;
  }

  /** The part of the source that the caller asks about ({@code bbox}), in its pixels. */
  public Optional<RectF> box() {
    return box;
  }

  /** Which view of the picture is being made, from 0; see {@link Transform#views}. */
  public int view() {
    return view;
  }

  /** Sets {@code valid_ratio}: the share of the network's width that shows the picture. */
  public void validRatio(float validRatio) {
    this.validRatio = validRatio;
  }

  /**
   * Sets {@code center} and {@code scale} as one: the window of the source that fills the network's
   * picture; parts of it may be outside.
   */
  public void window(RectF window) {
    this.window = Optional.of(window);
  }

  /** The window, where one is set. */
  public Optional<RectF> window() {
    return window;
  }

  /** Sets {@code img_shape}, the size that heads take as the network's picture. */
  public void imageSize(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Whether a scale has been set. */
  public boolean isScaled() {
    return scaled;
  }

  /** Present pixels a source pixel, horizontally. */
  public float scaleX() {
    return scaleX;
  }

  /** Present pixels a source pixel, vertically. */
  public float scaleY() {
    return scaleY;
  }

  /** Sets {@code scale_factor}. */
  public void scale(float scaleX, float scaleY) {
    this.scaled = true;
    this.scaleX = scaleX;
    this.scaleY = scaleY;
  }

  /** Sets {@code pad_param}: pixels added above and to the left, before scaling back. */
  public void padding(int top, int left) {
    this.padTop = top;
    this.padLeft = left;
  }

  /** Sets {@code border}: pixels added above and to the left, in source units. */
  public void border(int top, int left) {
    this.borderTop = top;
    this.borderLeft = left;
  }

  /** What heads need, as it stands now. */
  public SampleMeta meta() {
    return new SampleMeta(
        originalWidth,
        originalHeight,
        width,
        height,
        scaleX,
        scaleY,
        padTop,
        padLeft,
        borderTop,
        borderLeft,
        canvas.width(),
        canvas.height(),
        validRatio,
        window);
  }
}
