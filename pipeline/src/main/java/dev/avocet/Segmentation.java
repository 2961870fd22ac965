package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.postprocess.SegmentationMap;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;

/** The class of every pixel of an upright picture. Immutable; thread safe. */
public final class Segmentation {
  private final int width;
  private final int height;
  private final int classes;
  private final int[] labels;
  private final Optional<float[]> scores;
  private final List<String> names;

  /**
   * A result over a head's arrays, which are not copied and not written any more. Where they are
   * scores, a pixel's class is the one of the highest; of equal ones the first.
   *
   * @param names of the classes by number, as far as they are known
   */
  public Segmentation(SegmentationMap map, List<String> names) {
    this.width = map.width();
    this.height = map.height();
    this.classes = map.classes();
    this.scores = Optional.ofNullable(map.scores());
    this.labels = map.labels() != null ? map.labels() : best(map);
    this.names = List.copyOf(names);
  }

  private static int[] best(SegmentationMap map) {
    float[] scores = map.scores();
    int pixels = map.width() * map.height();
    int[] labels = new int[pixels];
    for (int plane = pixels; plane < scores.length; plane += pixels) {
      for (int i = 0; i < pixels; i++) {
        if (scores[plane + i] > scores[labels[i] * pixels + i]) {
          labels[i] = plane / pixels;
        }
      }
    }
    return labels;
  }

  /** Pixels across. */
  public int width() {
    return width;
  }

  /** Pixels down. */
  public int height() {
    return height;
  }

  /** How many classes the model tells apart, as its meta info says. */
  public int classes() {
    return classes;
  }

  /**
   * Class number of a pixel.
   *
   * @throws AvocetException OUT_OF_RANGE outside of the picture
   */
  public int label(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "x=%d y=%d is outside of the picture of %dx%d".formatted(x, y, width, height));
    }
    return labels[y * width + x];
  }

  /** Class numbers of all pixels, row by row; read only, no copy. */
  public IntBuffer labels() {
    return IntBuffer.wrap(labels).asReadOnlyBuffer();
  }

  /**
   * Scores of all pixels, {@code [classes][height][width]}, where the model gives them; read only,
   * no copy.
   */
  public Optional<FloatBuffer> scores() {
    return scores.map(values -> FloatBuffer.wrap(values).asReadOnlyBuffer());
  }

  /** Name of class {@code id}, where the model knows it. */
  public Optional<String> name(int id) {
    return id >= 0 && id < names.size() ? Optional.of(names.get(id)) : Optional.empty();
  }

  /** Share of the picture that shows each class, 0 to 1, by class number. */
  public double[] shares() {
    double[] shares = new double[classes];
    for (int label : labels) {
      if (label >= 0 && label < classes) {
        shares[label]++;
      }
    }
    for (int i = 0; i < classes; i++) {
      shares[i] /= labels.length;
    }
    return shares;
  }

  @Override
  public String toString() {
    return "Segmentation %dx%d, %d classes".formatted(width, height, classes);
  }
}
