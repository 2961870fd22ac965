package dev.avocet.track;

import dev.avocet.Box;

/** A box in double precision, in which no box of floats overflows. */
record Extent(double x1, double y1, double x2, double y2) {
  static Extent of(Box box) {
    return new Extent(box.x1(), box.y1(), box.x2(), box.y2());
  }

  double width() {
    return x2 - x1;
  }

  double height() {
    return y2 - y1;
  }

  /** Whether it has finite edges, the right way round, with something between them. */
  boolean isProper() {
    return x1 < x2 && y1 < y2 && Double.isFinite(width()) && Double.isFinite(height());
  }

  /** The same, larger on each side by this share of its width and height. */
  Extent grown(double share) {
    double x = share * width();
    double y = share * height();
    return new Extent(x1 - x, y1 - y, x2 + x, y2 + y);
  }

  /** Intersection over union of two proper boxes. */
  double overlap(Extent other) {
    double across = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double down = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    if (across <= 0 || down <= 0) {
      return 0;
    }
    double both = across * down;
    return both / (width() * height() + other.width() * other.height() - both);
  }
}
