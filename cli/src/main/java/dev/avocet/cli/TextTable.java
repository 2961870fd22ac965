package dev.avocet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows below headings: the first column begins at the left, the others end at the right. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();

  /** A table without rows, which is written as nothing. */
  TextTable(String... headings) {
    rows.add(headings);
  }

  /** Adds a row, as long as the headings. */
  TextTable row(String... cells) {
    rows.add(cells);
    return this;
  }

  /** A number with so many places behind the point. */
  static String number(double value, int places) {
    return String.format(Locale.ROOT, "%." + places + "f", value);
  }

  @Override
  public String toString() {
    if (rows.size() == 1) {
      return "";
    }
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        String space = " ".repeat(widths[i] - row[i].length());
        text.append(GAP).append(i == 0 ? row[i] + space : space + row[i]);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
