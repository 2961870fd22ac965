package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.postprocess.SegmentationMap;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The class of every pixel of an upright picture, or of the region that was looked at. Immutable;
 * thread safe.
 */
public final class Segmentation implements Drawable {
  /** Classes that a drawing names, at most. */
  private static final int NAMED = 8;

  /** Classes with a smaller share are not named. */
  private static final double NAMED_FROM = 0.005;

  private final Rect window;
  private final int classes;
  private final int[] labels;
  private final Optional<float[]> scores;
  private final List<String> names;

  /**
   * A result over a head's arrays, which are not copied and not written any more. Where they are
   * scores, a pixel's class is the one of the highest; of equal ones the first.
   *
   * @param left of the map in the upright source picture
   * @param top of the map in the upright source picture
   * @param names of the classes by number, as far as they are known
   */
  public Segmentation(SegmentationMap map, int left, int top, List<String> names) {
    this.window = new Rect(left, top, map.width(), map.height());
    this.classes = map.classes();
    this.scores = Optional.ofNullable(map.scores());
    this.labels = map.labels() != null ? map.labels() : best(map);
    this.names = List.copyOf(names);
  }

  /** A result for a whole picture. */
  public Segmentation(SegmentationMap map, List<String> names) {
    this(map, 0, 0, names);
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

  /** Where in the upright source picture the map lies. */
  public Rect window() {
    return window;
  }

  /** Pixels across. */
  public int width() {
    return window.width();
  }

  /** Pixels down. */
  public int height() {
    return window.height();
  }

  /** How many classes the model tells apart, as its meta info says. */
  public int classes() {
    return classes;
  }

  /**
   * Class number of a pixel of the map, counted from the map's own corner.
   *
   * @throws AvocetException OUT_OF_RANGE outside of the map
   */
  public int label(int x, int y) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "x=%d y=%d is outside of the map of %dx%d".formatted(x, y, width(), height()));
    }
    return labels[y * width() + x];
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

  /** Colours every pixel by its class, and names the classes that cover most. */
  @Override
  public void draw(Drawing drawing) {
    drawing.classes(window, labels);
    double[] shares = shares();
    IntStream.range(0, classes)
        .filter(id -> shares[id] >= NAMED_FROM)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -shares[id]))
        .limit(NAMED)
        .forEach(id -> caption(drawing, id, shares[id]));
  }

  private void caption(Drawing drawing, int id, double share) {
    String text = String.format(Locale.ROOT, "%s %.1f%%", Names.of(id, name(id)), 100 * share);
    drawing.caption(text, Palette.ofMap(id));
  }

  @Override
  public String toString() {
    return "Segmentation %dx%d, %d classes".formatted(width(), height(), classes);
  }
}
