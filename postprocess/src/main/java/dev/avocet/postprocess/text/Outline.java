package dev.avocet.postprocess.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a closed curve that may cross itself encloses: the points around which it winds at least
 * once, x axis towards y axis. The plane is cut into vertical slabs at all corners and crossings of
 * the curve; within a slab the curve is a stack of segments between which the winding number is
 * constant, and pieces of neighbouring slabs that share a stretch of their common side belong
 * together. Regions and holes below half a square unit, which come from rounding, do not count.
 */
final class Outline {
  private static final double LEAST_AREA = 0.5;

  /** Coordinates nearer than this are the same; they are whole numbers or crossings of such. */
  private static final double SAME = 1e-7;

  private static final double FAR = 1e12;

  /** A corner or a crossing of the curve. */
  private record Event(double x, double y) {}

  /**
   * A piece of a slab between two segments, with its edges on the slab's left and right side.
   *
   * @param inside whether the curve winds around it
   * @param id in {@link Pieces}
   */
  private record Piece(
      double lowLeft, double highLeft, double lowRight, double highRight, boolean inside, int id) {}

  private final int[] curve;
  private final int n;
  private final List<Event> events = new ArrayList<>();
  private final Pieces pieces = new Pieces();
  private int[] border = new int[64];
  private int borderSize;

  private Outline(int[] curve) {
    this.curve = curve;
    this.n = curve.length / 2;
  }

  /**
   * The corners of the one region that {@code curve} encloses, x and y in turn, in no order and
   * perhaps repeated; crossings are rounded to whole numbers.
   *
   * @param curve x and y in turn
   * @return empty where it encloses nothing, more than one region, or a region with holes
   */
  static Optional<int[]> ofSingle(int[] curve) {
    Outline outline = new Outline(curve);
    outline.cut();
    return outline.pieces.rings(LEAST_AREA) == 1
        ? Optional.of(Arrays.copyOf(outline.border, outline.borderSize))
        : Optional.empty();
  }

  private double x(int i) {
    return curve[2 * (i % n)];
  }

  private double y(int i) {
    return curve[2 * (i % n) + 1];
  }

  private double yAt(int segment, double x) {
    double x0 = x(segment);
    double x1 = x(segment + 1);
    if (Math.abs(x - x0) < SAME) {
      return y(segment);
    }
    if (Math.abs(x - x1) < SAME) {
      return y(segment + 1);
    }
    return y(segment) + (x - x0) * (y(segment + 1) - y(segment)) / (x1 - x0);
  }

  private void cut() {
    for (int i = 0; i < n; i++) {
      events.add(new Event(x(i), y(i)));
      // Segments that follow each other meet in a corner.
      for (int j = i + 2; j < n; j++) {
        addCrossing(i, j);
      }
    }
    events.sort((a, b) -> Double.compare(a.x, b.x));
    List<Piece> beyond = List.of(new Piece(-FAR, FAR, -FAR, FAR, false, Pieces.OUTSIDE));
    List<Piece> left = beyond;
    int from = 0;
    int at = endOfColumn(0);
    while (at < events.size()) {
      int to = endOfColumn(at);
      List<Piece> slab = slab(events.subList(from, at), events.subList(at, to));
      join(left, slab);
      left = slab;
      from = at;
      at = to;
    }
    join(left, beyond);
  }

  /** The first event that lies to the right of event {@code from}. */
  private int endOfColumn(int from) {
    int i = from;
    while (i < events.size() && events.get(i).x - events.get(from).x < SAME) {
      i++;
    }
    return i;
  }

  private void addCrossing(int i, int j) {
    if (Math.max(x(i), x(i + 1)) < Math.min(x(j), x(j + 1))
        || Math.max(x(j), x(j + 1)) < Math.min(x(i), x(i + 1))
        || Math.max(y(i), y(i + 1)) < Math.min(y(j), y(j + 1))
        || Math.max(y(j), y(j + 1)) < Math.min(y(i), y(i + 1))) {
      return;
    }
    double dx = x(i + 1) - x(i);
    double dy = y(i + 1) - y(i);
    double ex = x(j + 1) - x(j);
    double ey = y(j + 1) - y(j);
    double cross = dx * ey - dy * ex;
    if (cross == 0) {
      return;
    }
    double gapX = x(j) - x(i);
    double gapY = y(j) - y(i);
    double t = (gapX * ey - gapY * ex) / cross;
    double u = (gapX * dy - gapY * dx) / cross;
    if (t >= 0 && t <= 1 && u >= 0 && u <= 1) {
      events.add(new Event(x(i) + t * dx, y(i) + t * dy));
    }
  }

  private List<Piece> slab(List<Event> left, List<Event> right) {
    double x0 = left.get(0).x;
    double x1 = right.get(0).x;
    double middle = (x0 + x1) / 2;
    int[] stack =
        IntStream.range(0, n)
            .filter(
                i -> Math.min(x(i), x(i + 1)) < x0 + SAME && Math.max(x(i), x(i + 1)) > x1 - SAME)
            .boxed()
            .sorted((a, b) -> Double.compare(yAt(a, middle), yAt(b, middle)))
            .mapToInt(i -> i)
            .toArray();
    List<Piece> slab = new ArrayList<>();
    double lowLeft = -FAR;
    double lowRight = -FAR;
    int winding = 0;
    for (int k = 0; k < stack.length; k++) {
      winding += x(stack[k]) < x(stack[k] + 1) ? 1 : -1;
      boolean thin =
          k + 1 < stack.length && yAt(stack[k + 1], middle) - yAt(stack[k], middle) < SAME;
      boolean wasInside = !slab.isEmpty() && !slab.get(slab.size() - 1).inside;
      // Where segments lie on each other only what is beyond them all counts.
      if (thin || (winding > 0) == wasInside) {
        continue;
      }
      double highLeft = yAt(stack[k], x0);
      double highRight = yAt(stack[k], x1);
      slab.add(piece(lowLeft, highLeft, lowRight, highRight, wasInside, x1 - x0));
      addBorder(left, highLeft);
      addBorder(right, highRight);
      lowLeft = highLeft;
      lowRight = highRight;
    }
    slab.add(piece(lowLeft, FAR, lowRight, FAR, false, x1 - x0));
    return slab;
  }

  private Piece piece(
      double lowLeft,
      double highLeft,
      double lowRight,
      double highRight,
      boolean inside,
      double width) {
    boolean outer = lowLeft == -FAR || highLeft == FAR;
    double area = width * (highLeft - lowLeft + highRight - lowRight) / 2;
    int id = outer ? Pieces.OUTSIDE : pieces.add(area);
    return new Piece(lowLeft, highLeft, lowRight, highRight, inside, id);
  }

  private void addBorder(List<Event> column, double y) {
    for (Event event : column) {
      if (Math.abs(event.y - y) < SAME) {
        if (borderSize == border.length) {
          border = Arrays.copyOf(border, 2 * borderSize);
        }
        border[borderSize++] = (int) OffsetCurve.round(event.x);
        border[borderSize++] = (int) OffsetCurve.round(event.y);
        return;
      }
    }
  }

  private void join(List<Piece> left, List<Piece> right) {
    for (Piece a : left) {
      for (Piece b : right) {
        double shared = Math.min(a.highRight, b.highLeft) - Math.max(a.lowRight, b.lowLeft);
        if (a.inside == b.inside && (shared > SAME || (a.inside && shared > -SAME))) {
          pieces.join(a.id, b.id);
        }
      }
    }
  }
}
