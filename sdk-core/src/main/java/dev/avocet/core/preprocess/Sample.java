package dev.avocet.core.preprocess;

/**
 * One picture on its way through the transforms: the {@link Canvas} and what later stages have to
 * know of its geometry. Confined to one thread.
 */
public final class Sample {
  private final Canvas canvas;
  private final int originalWidth;
  private final int originalHeight;
  private int width;
  private int height;
  private boolean scaled;
  private float scaleX = 1;
  private float scaleY = 1;
  private int padTop;
  private int padLeft;
  private int borderTop;
  private int borderLeft;

  /** A sample whose source picture, once upright, has this size. */
  public Sample(Canvas canvas, int originalWidth, int originalHeight) {
    this.canvas = canvas;
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
        canvas.height());
  }
}
