package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of the shared {@code EXPECTED.txt}: what an independent implementation gave on the real
 * networks, with the tolerances that stand at its top.
 *
 * @param picture path below the shared {@code assets/images}, empty where it was taken off
 * @param values the rest of the line, without what the reader took off
 */
record Expected(String picture, String values) {
  private static final Pattern BOX =
      Pattern.compile("\\{([^}]+?) ([\\d.]+) \\[(-?\\d+) (-?\\d+) (-?\\d+) (-?\\d+)]}");
  private static final Pattern PICTURE = Pattern.compile("(?:images/)?(\\S+\\.(?:png|jpg)|)(.*)");

  /** A box, a class and a score, the edges rounded to pixels. */
  record Found(String label, float score, Box box) {}

  /** All lines that begin so, cut into picture and values. */
  static List<Expected> lines(String beginning) throws IOException {
    List<Expected> found = new ArrayList<>();
    for (String line : all()) {
      if (line.startsWith(beginning)) {
        Matcher matcher = PICTURE.matcher(line.substring(beginning.length()).strip());
        assertThat(matcher.matches()).as(line).isTrue();
        found.add(new Expected(matcher.group(1), matcher.group(2)));
      }
    }
    assertThat(found).as("lines of EXPECTED.txt that begin with " + beginning).isNotEmpty();
    return found;
  }

  /** The lines below the one that begins so, which are indented. */
  static List<String> below(String beginning) throws IOException {
    return all().stream()
        .dropWhile(line -> !line.startsWith(beginning))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .toList();
  }

  private static List<String> all() throws IOException {
    return Files.readAllLines(SharedFolder.resolve("assets/EXPECTED.txt"));
  }

  /** What the pattern finds in the values. */
  List<MatchResult> all(String pattern) {
    List<MatchResult> found = Pattern.compile(pattern).matcher(values).results().toList();
    assertThat(found).as(picture + values).isNotEmpty();
    return found;
  }

  List<Found> boxes() {
    List<Found> boxes = new ArrayList<>();
    for (MatchResult m : BOX.matcher(values).results().toList()) {
      Box box = new Box(number(m, 3), number(m, 4), number(m, 5), number(m, 6));
      boxes.add(new Found(m.group(1), number(m, 2), box));
    }
    assertThat(values).contains("n=" + boxes.size() + " ");
    return boxes;
  }

  static float number(MatchResult match, int group) {
    return Float.parseFloat(match.group(group));
  }

  /**
   * Compares detections as sets: the same classes, scores within 0.02, boxes that overlap. The
   * boxes here reach outside of the picture, so they are clipped as heads do.
   *
   * @param overlap intersection over union at least
   * @param leastScore the model's threshold
   */
  void assertBoxes(List<Detection> answer, Image image, double overlap, float leastScore) {
    List<Detection> left = new ArrayList<>(answer);
    for (Found wanted : boxes()) {
      Detection match =
          left.stream()
              .filter(d -> d.label().orElseThrow().equals(wanted.label))
              .filter(d -> Math.abs(d.score() - wanted.score) <= 0.02)
              .filter(d -> same(d.box(), clipped(wanted.box, image), overlap))
              .findFirst()
              .orElseThrow(() -> new AssertionError(picture + ": " + wanted + " not in " + left));
      left.remove(match);
    }
    // What scores as little as the threshold may be on its other side there.
    assertThat(left)
        .as(picture)
        .allSatisfy(d -> assertThat(d.score()).isLessThan(leastScore + 0.02f));
  }

  private static Box clipped(Box box, Image image) {
    return new Box(
        Math.max(0, box.x1()),
        Math.max(0, box.y1()),
        Math.min(image.width() - 1, box.x2()),
        Math.min(image.height() - 1, box.y2()));
  }

  /**
   * Whether the boxes overlap so much, as intersection over union, or are the same up to the
   * rounding of the second, which weighs on small ones.
   */
  private static boolean same(Box a, Box b, double overlap) {
    double across = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    double down = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
    double both = Math.max(0, across) * Math.max(0, down);
    double either = a.width() * a.height() + b.width() * b.height() - both;
    return both >= overlap * either
        || (Math.abs(a.x1() - b.x1()) <= 1
            && Math.abs(a.y1() - b.y1()) <= 1
            && Math.abs(a.x2() - b.x2()) <= 1
            && Math.abs(a.y2() - b.y2()) <= 1);
  }

  /** Levenshtein's distance. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
