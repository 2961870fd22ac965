package dev.avocet.cli;

import dev.avocet.TextRegion;
import dev.avocet.core.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which a page is read: rows from the top, each from the left. A line belongs to a row
 * where its middle lies between the upper and the lower edge of the row's first line, the one that
 * begins highest. Columns are not looked for. Stateless.
 */
final class ReadingOrder {
  /** A line between its edges. */
  private record Extent(TextRegion region, float left, float top, float bottom) {
    static Extent of(TextRegion region) {
      List<Point> corners = region.quad().corners();
      double left = corners.stream().mapToDouble(Point::x).min().orElseThrow();
      double top = corners.stream().mapToDouble(Point::y).min().orElseThrow();
      double bottom = corners.stream().mapToDouble(Point::y).max().orElseThrow();
      return new Extent(region, (float) left, (float) top, (float) bottom);
    }

    boolean holdsTheMiddleOf(Extent other) {
      float middle = (other.top + other.bottom) / 2;
      return middle >= top && middle <= bottom;
    }
  }

  private ReadingOrder() {}

  static List<TextRegion> sort(List<TextRegion> regions) {
    List<Extent> left = new ArrayList<>(regions.stream().map(Extent::of).toList());
    left.sort(Comparator.comparingDouble(Extent::top));
    List<TextRegion> order = new ArrayList<>();
    while (!left.isEmpty()) {
      Extent first = left.remove(0);
      List<Extent> row = new ArrayList<>(List.of(first));
      List<Extent> below = new ArrayList<>();
      left.forEach(line -> (first.holdsTheMiddleOf(line) ? row : below).add(line));
      left = below;
      row.sort(Comparator.comparingDouble(Extent::left));
      row.forEach(line -> order.add(line.region()));
    }
    return order;
  }
}
