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

  /** Adds a row; of one that is shorter than the headings, the last cell may be of any length. */
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
    int columns = rows.get(0).length;
    int[] widths = new int[columns];
    for (String[] row : rows) {
      int fitted = row.length == columns ? columns : row.length - 1;
      for (int i = 0; i < fitted; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(Math.max(0, widths[i] - row[i].length()));
        boolean left = i == 0 || (row.length < columns && i == row.length - 1);
        text.append(GAP).append(left ? row[i] + space : space + row[i]);
      }
      text.append('\n');
    }
    return text.toString();
  }
}
