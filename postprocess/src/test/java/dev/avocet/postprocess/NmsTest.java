package dev.avocet.postprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.postprocess.Boxes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NmsTest {
  /** Few classes, coarse scores and coordinates, so that ties, touching and empty boxes occur. */
  private static Boxes random(long seed, int n) {
    Random random = new Random(seed);
    Boxes boxes = new Boxes();
    for (int i = 0; i < n; i++) {
      float x = random.nextInt(12) - 2;
      float y = random.nextInt(12) - 2;
      boxes.add(
          random.nextInt(3),
          (random.nextInt(9) - 2) / 8f,
          x,
          y,
          x + random.nextInt(8),
          y + random.nextInt(8));
    }
    return boxes;
  }

  private static List<Integer> run(Boxes boxes, float iou, int max) {
    Nms nms = new Nms();
    int n = nms.run(boxes, iou, max);
    return IntStream.range(0, n).mapToObj(nms::kept).toList();
  }

  /** The definition, written down once more without any cleverness. */
  private static List<Integer> naive(Boxes boxes, double iou, int max) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, boxes.size()).boxed().toList());
    order.sort(Comparator.comparing(i -> -boxes.score(i)));
    List<Integer> kept = new ArrayList<>();
    for (int i : order) {
      if (kept.size() < max
          && kept.stream()
              .noneMatch(k -> boxes.label(k) == boxes.label(i) && naiveIou(boxes, i, k) > iou)) {
        kept.add(i);
      }
    }
    return kept;
  }

  private static double naiveIou(Boxes boxes, int a, int b) {
    double left = Math.max(boxes.x1(a), boxes.x1(b));
    double top = Math.max(boxes.y1(a), boxes.y1(b));
    double right = Math.min(boxes.x2(a), boxes.x2(b));
    double bottom = Math.min(boxes.y2(a), boxes.y2(b));
    double both = Math.max(0, right - left) * Math.max(0, bottom - top);
    double areaA = (boxes.x2(a) - boxes.x1(a)) * (boxes.y2(a) - boxes.y1(a));
    double areaB = (boxes.x2(b) - boxes.x1(b)) * (boxes.y2(b) - boxes.y1(b));
    return both == 0 ? 0 : both / (areaA + areaB - both);
  }

  @Property(tries = 500)
  void shouldKeepWhatTheDefinitionKeeps(
      @ForAll long seed,
      @ForAll @IntRange(max = 130) int n,
      @ForAll @IntRange(max = 10) int tenths,
      @ForAll @IntRange(min = 1, max = 140) int max) {
    Boxes boxes = random(seed, n);
    // Off every quotient of small whole numbers, where float and double may disagree.
    float iou = tenths / 10f + 0.0123f;

    assertThat(run(boxes, iou, max)).isEqualTo(naive(boxes, iou, max));
  }

  @Property(tries = 100)
  void shouldKeepEverythingWhenRunOnWhatItKept(@ForAll long seed) {
    Boxes boxes = random(seed, 100);
    Boxes kept = new Boxes();
    for (int i : run(boxes, 0.45f, 100)) {
      kept.add(boxes.label(i), boxes.score(i), boxes.x1(i), boxes.y1(i), boxes.x2(i), boxes.y2(i));
    }

    assertThat(run(kept, 0.45f, 100)).isEqualTo(IntStream.range(0, kept.size()).boxed().toList());
  }

  @Test
  void shouldSuppressOnlyWithinAClassWhenBoxesCoincide() {
    Boxes boxes = new Boxes();
    boxes.add(0, 0.5f, 0, 0, 10, 10);
    boxes.add(0, 0.9f, 0, 0, 10, 10);
    boxes.add(1, 0.7f, 0, 0, 10, 10);

    assertThat(run(boxes, 0.45f, 10)).containsExactly(1, 2);
  }

  @Test
  void shouldSuppressAcrossClassesWhereThatIsAskedForAndSayTheRank() {
    Boxes boxes = new Boxes();
    boxes.add(0, 0.2f, 50, 50, 60, 60);
    boxes.add(0, 0.9f, 0, 0, 10, 10);
    boxes.add(1, 0.7f, 0, 0, 10, 10);

    Nms nms = Nms.acrossClasses();

    assertThat(nms.run(boxes, 0.45f, 10)).isEqualTo(2);
    assertThat(List.of(nms.kept(0), nms.kept(1))).containsExactly(1, 0);
    assertThat(List.of(nms.rank(0), nms.rank(1))).containsExactly(0, 2);
  }

  @Test
  void shouldKeepOverlapEqualToTheLimit() {
    Boxes boxes = new Boxes();
    boxes.add(0, 0.9f, 0, 0, 10, 10);
    boxes.add(0, 0.8f, 0, 0, 10, 5);

    assertThat(run(boxes, 0.5f, 10)).containsExactly(0, 1);
    assertThat(run(boxes, 0.4999f, 10)).containsExactly(0);
  }

  @Test
  void shouldKeepTheOrderWhenScoresAreEqual() {
    Boxes boxes = new Boxes();
    for (int i = 0; i < 100; i++) {
      boxes.add(0, i % 2 == 0 ? 0f : -0f, 20 * i, 0, 20 * i + 10, 10);
    }

    assertThat(run(boxes, 0.45f, 200)).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void shouldAllocateNothingWhenRunAgain() {
    Boxes boxes = random(3, 400);
    Nms nms = new Nms();

    assertThat(HeadTests.allocatedPerCall(() -> nms.run(boxes, 0.45f, 300))).isZero();
  }
}
