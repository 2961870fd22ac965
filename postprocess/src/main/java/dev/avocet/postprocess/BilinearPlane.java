package dev.avocet.postprocess;

import java.nio.FloatBuffer;

/**
 * One plane of a tensor, resized bilinearly row by row; across first and then down, in float32, as
 * OpenCV's {@code resize} does. Rows are best asked for in their order. Confined to one thread.
 */
public final class BilinearPlane {
  private final LinearAxis columns;
  private final LinearAxis rows;
  private final float[] out;
  private float[] upper;
  private float[] lower;
  private int upperRow = -1;
  private int lowerRow = -1;
  private FloatBuffer values;
  private int at;
  private int step;

  /** A plane of {@code rows} times {@code columns} values; {@link #begin} says which. */
  public BilinearPlane(LinearAxis columns, LinearAxis rows) {
    this.columns = columns;
    this.rows = rows;
    this.out = new float[columns.samples()];
    this.upper = new float[columns.samples()];
    this.lower = new float[columns.samples()];
  }

  /** Takes the plane that begins at {@code at}, neighbours in a row lying {@code step} apart. */
  public void begin(FloatBuffer values, int at, int step) {
    this.values = values;
    this.at = at;
    this.step = step;
    upperRow = -1;
    lowerRow = -1;
  }

  /**
   * Row {@code y} of the resized plane; valid until the next call.
   *
   * @throws dev.avocet.core.AvocetException FAIL where it holds NaN
   */
  public float[] row(int y) {
    int first = rows.first(y);
    int second = rows.second(y);
    if (first == lowerRow) {
      float[] swap = upper;
      upper = lower;
      lower = swap;
      lowerRow = upperRow;
      upperRow = first;
    }
    if (first != upperRow) {
      across(first, upper);
      upperRow = first;
    }
    if (second != lowerRow) {
      across(second, lower);
      lowerRow = second;
    }
    float weight = rows.weight(y);
    for (int x = 0; x < out.length; x++) {
      out[x] = upper[x] * (1 - weight) + lower[x] * weight;
      if (Float.isNaN(out[x])) {
        throw Outputs.nan("around column " + columns.first(x) + " of row " + first);
      }
    }
    return out;
  }

  private void across(int row, float[] to) {
    int start = at + row * columns.length() * step;
    for (int x = 0; x < to.length; x++) {
      float weight = columns.weight(x);
      to[x] =
          values.get(start + columns.first(x) * step) * (1 - weight)
              + values.get(start + columns.second(x) * step) * weight;
    }
  }
}
