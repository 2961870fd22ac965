package dev.avocet.postprocess;

import dev.avocet.core.AvocetException;
import dev.avocet.core.RectF;
import dev.avocet.core.Status;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.preprocess.SampleMeta;

/**
 * Collects the key points of one object in source pixels. They are taken in cells of a grid that
 * lies over the network's picture and mapped as MMDeploy's {@code transform_pred} does, down to the
 * rounding: {@code cell * width / columns + centre - width / 2} of the {@linkplain
 * SampleMeta#window window}. Where no transform has set a window it is what the network's picture,
 * padding included, covers of the source. Confined to one thread.
 */
public final class SourcePoints {
  private final float[] x;
  private final float[] y;
  private final float[] scores;
  private final RectF window;
  private final float centreX;
  private final float centreY;
  private final float cellWidth;
  private final float cellHeight;

  /**
   * Room for {@code count} points.
   *
   * @param columns cells across the network's picture
   * @param rows cells down
   */
  public SourcePoints(SampleMeta meta, int count, double columns, double rows) {
    x = new float[count];
    y = new float[count];
    scores = new float[count];
    window = meta.window().orElseGet(() -> covered(meta));
    centreX = (float) (window.x() + 0.5 * window.width());
    centreY = (float) (window.y() + 0.5 * window.height());
    cellWidth = (float) (window.width() / columns);
    cellHeight = (float) (window.height() / rows);
  }

  private static RectF covered(SampleMeta meta) {
    return new RectF(
        -meta.padLeft() / meta.scaleX() - meta.borderLeft(),
        -meta.padTop() / meta.scaleY() - meta.borderTop(),
        meta.networkWidth() / meta.scaleX(),
        meta.networkHeight() / meta.scaleY());
  }

  /**
   * Sets point {@code i}, its position in cells.
   *
   * @throws AvocetException FAIL where a number is NaN or infinite
   */
  public void set(int i, float column, float row, float score) {
    x[i] = (float) (column * cellWidth + centreX - 0.5 * window.width());
    y[i] = (float) (row * cellHeight + centreY - 0.5 * window.height());
    scores[i] = score;
    if (!Float.isFinite(x[i]) || !Float.isFinite(y[i]) || !Float.isFinite(score)) {
      throw new AvocetException(
          Status.FAIL,
          "key point %d column=%s row=%s score=%s: the network's output holds NaN or numbers without bounds"
              .formatted(i, column, row, score));
    }
  }

  /** What has been set; nothing may be set afterwards. */
  public KeyPoints points() {
    return new KeyPoints(x, y, scores);
  }
}
