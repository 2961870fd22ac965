package dev.avocet.postprocess.text;

import java.util.ArrayList;
import java.util.List;

/** Pieces of the plane, inside or outside of a curve, that are joined to regions and holes. */
final class Pieces {
  /** The piece that reaches to infinity. */
  static final int OUTSIDE = 0;

  private static final class Piece {
    int parent;
    double area;

    Piece(int parent, double area) {
      this.parent = parent;
      this.area = area;
    }
  }

  private final List<Piece> pieces = new ArrayList<>(List.of(new Piece(OUTSIDE, 0)));

  /** A new piece; the answer is its number. */
  int add(double area) {
    pieces.add(new Piece(pieces.size(), area));
    return pieces.size() - 1;
  }

  /** Makes one of the two that pieces {@code a} and {@code b} belong to. */
  void join(int a, int b) {
    int keep = root(a);
    int gone = root(b);
    if (keep != gone) {
      // The outermost stays its own root, so that it is known again.
      int parent = Math.min(keep, gone);
      int child = Math.max(keep, gone);
      pieces.get(child).parent = parent;
      pieces.get(parent).area += pieces.get(child).area;
    }
  }

  private int root(int piece) {
    int i = piece;
    while (pieces.get(i).parent != i) {
      pieces.get(i).parent = pieces.get(pieces.get(i).parent).parent;
      i = pieces.get(i).parent;
    }
    return i;
  }

  /** How many borders there are: one for each region inside, one for each hole. */
  int rings(double leastArea) {
    int rings = 0;
    for (int i = 1; i < pieces.size(); i++) {
      if (pieces.get(i).parent == i && pieces.get(i).area >= leastArea) {
        rings++;
      }
    }
    return rings;
  }
}
