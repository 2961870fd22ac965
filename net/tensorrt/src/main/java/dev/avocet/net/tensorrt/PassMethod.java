package dev.avocet.net.tensorrt;

import dev.avocet.core.internal.AreaCover;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;

/** How a pass makes pixels of pixels. */
enum PassMethod {
  /** Takes one. */
  POINT(0),
  /** A weighted sum of 2 x 2. */
  LINEAR(1),
  /** A weighted sum of more. */
  TAPS(2),
  /** The mean of whole pixels. */
  MEAN(3),
  /** The mean of parts of pixels. */
  COVER(4);

  /** Most pixels of a mean that is counted in 32 bits. */
  private static final long MOST_WHOLE = 1 << 20;

  /** Number in {@code affine_pass.cu}. */
  final int number;

  PassMethod(int number) {
    this.number = number;
  }

  static PassMethod of(AffinePass pass) {
    int width = pass.source().width();
    int height = pass.source().height();
    int toWidth = pass.resizedWidth();
    int toHeight = pass.resizedHeight();
    Interpolation interpolation = pass.interpolation();
    if (width == toWidth && height == toHeight) {
      return POINT;
    }
    if (AreaCover.counts(interpolation, width, height, toWidth, toHeight)) {
      boolean whole =
          new AreaCover(width, toWidth).isWhole() && new AreaCover(height, toHeight).isWhole();
      return whole && (long) (width / toWidth) * (height / toHeight) <= MOST_WHOLE ? MEAN : COVER;
    }
    return switch (interpolation) {
      case NEAREST -> POINT;
      case BILINEAR, AREA -> LINEAR;
      case BICUBIC, LANCZOS -> TAPS;
    };
  }
}
