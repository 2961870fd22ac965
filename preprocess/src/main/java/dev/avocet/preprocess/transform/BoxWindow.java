package dev.avocet.preprocess.transform;

import dev.avocet.core.RectF;
import dev.avocet.core.preprocess.Sample;

/**
 * The window of the source around a box that a pose network sees: of the network's shape, and
 * padded. Float32 and double alternate as in the reference, whose centre and scale (in units of 200
 * pixels) it is.
 */
final class BoxWindow {
  private static final float UNIT = 200;

  /** Edges farther away count as here: all that follows stays finite. */
  private static final float FARTHEST = 1e7f;

  private BoxWindow() {}

  /**
   * The window; of the whole picture where the caller has no box.
   *
   * @param imageSize width and height of the network's picture
   */
  static RectF of(Sample sample, int[] imageSize, float padding) {
    RectF box =
        sample
            .box()
            .orElseGet(() -> new RectF(0, 0, sample.originalWidth(), sample.originalHeight()));
    float x = near(box.x());
    float y = near(box.y());
    float width = Math.min(box.width(), FARTHEST);
    float height = Math.min(box.height(), FARTHEST);
    float aspect = (float) (imageSize[0] * 1.0 / imageSize[1]);
    float centreX = (float) (x + width * 0.5);
    float centreY = (float) (y + height * 0.5);
    if (width > aspect * height) {
      height = (float) (width * 1.0 / aspect);
    } else if (width < aspect * height) {
      width = height * aspect;
    }
    float scaledWidth = width / UNIT * padding * UNIT;
    float scaledHeight = height / UNIT * padding * UNIT;
    return around(centreX, centreY, scaledWidth, scaledHeight);
  }

  /** A window from its middle. */
  static RectF around(float centreX, float centreY, float width, float height) {
    return new RectF(centreX - width / 2f, centreY - height / 2f, width, height);
  }

  private static float near(float edge) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, edge));
  }
}
