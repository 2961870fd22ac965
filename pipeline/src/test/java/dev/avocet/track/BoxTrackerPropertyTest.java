package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any boxes. */
@Tag("engineless")
class BoxTrackerPropertyTest {
  /** A box that was found, of a class. */
  private record Found(Box box, float score, int classId) {}

  private static long[] update(BoxTracker tracker, double timeMillis, List<Found> found) {
    float[] scores = new float[found.size()];
    int[] classes = new int[found.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = found.get(i).score();
      classes[i] = found.get(i).classId();
    }
    return tracker.update(timeMillis, found.stream().map(Found::box).toList(), scores, classes);
  }

  /** A crowd on a small place, so that much overlaps. */
  private static List<Found> crowd(Random random) {
    List<Found> all = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      int x = random.nextInt(150);
      int y = random.nextInt(100);
      Box box = new Box(x, y, x + 20 + random.nextInt(40), y + 20 + random.nextInt(80));
      all.add(new Found(box, random.nextInt(10) / 10f, random.nextInt(2)));
    }
    return all;
  }

  @Property(tries = 200)
  void shouldGiveEachNumberOnceAndToOneClassOnly(@ForAll long seed) {
    Random random = new Random(seed);
    BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
    Map<Long, Integer> classOf = new HashMap<>();
    Map<Long, Integer> lastCall = new HashMap<>();
    long fresh = 0;
    for (int call = 0; call < 40; call++) {
      List<Found> found = crowd(random);
      long[] ids = update(tracker, call * 100, found);
      assertThat(Arrays.stream(ids).filter(id -> id >= 0)).doesNotHaveDuplicates();
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] >= 0) {
          int classId = found.get(i).classId();
          assertThat(classOf.computeIfAbsent(ids[i], id -> classId)).isEqualTo(classId);
          Integer before = lastCall.put(ids[i], call);
          // 2 s are kept.
          assertThat(before == null || call - before <= 20).isTrue();
          fresh = Math.max(fresh, ids[i] + 1);
        }
      }
      // Numbers are given without gaps.
      assertThat(classOf).hasSize((int) fresh);
    }
  }

  @Property(tries = 200)
  void shouldNotDependOnTheOrderOfBoxes(@ForAll long seed) {
    Random random = new Random(seed);
    BoxTracker one = new BoxTracker(BoxTracker.Params.DEFAULT);
    BoxTracker other = new BoxTracker(BoxTracker.Params.DEFAULT);
    for (int call = 0; call < 30; call++) {
      List<Found> found = crowd(random);
      List<Found> shuffled = new ArrayList<>(found);
      Collections.shuffle(shuffled, random);
      assertThat(pairs(shuffled, update(other, call * 100, shuffled)))
          .containsExactlyInAnyOrderElementsOf(pairs(found, update(one, call * 100, found)));
    }
  }

  private static List<String> pairs(List<Found> found, long[] ids) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      pairs.add(found.get(i) + " " + ids[i]);
    }
    return pairs;
  }

  /**
   * Each goes along a lane of its own, by up to three widths a second. Positions tremble by some
   * hundredths of the size, a third of the frames are dropped, up to three at once, and of who was
   * seen surely in the frame before a tenth is not found, and a tenth is faint.
   */
  @Property(tries = 300)
  void shouldKeepNumbersOfWhatMovesStraightAhead(
      @ForAll @DoubleRange(min = 5, max = 30) double rate,
      @ForAll @IntRange(min = 1, max = 12) int objects,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[] speed = random.doubles(objects, -150, 150).toArray();
    boolean[] sure = new boolean[objects];
    Map<Integer, Set<Long>> numbers = new HashMap<>();
    BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
    int dropped = 0;
    for (int frame = 0; frame < 10 * rate; frame++) {
      if (frame > 1 && dropped < 3 && random.nextInt(3) == 0) {
        dropped++;
        continue;
      }
      dropped = 0;
      double seconds = frame / rate;
      List<Found> found = new ArrayList<>();
      List<Integer> who = new ArrayList<>();
      for (int i = 0; i < objects; i++) {
        int chance = sure[i] && frame > 1 ? random.nextInt(10) : 2;
        sure[i] = chance > 1;
        if (chance > 0) {
          double x = 1000 + speed[i] * seconds + 2 * random.nextGaussian();
          double y = 160 * i + 2 * random.nextGaussian();
          Box box = new Box((float) x, (float) y, (float) x + 50, (float) y + 100);
          found.add(new Found(box, sure[i] ? .8f : .2f, 0));
          who.add(i);
        }
      }
      long[] ids = update(tracker, seconds * 1000, found);
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] >= 0) {
          numbers.computeIfAbsent(who.get(i), k -> new HashSet<>()).add(ids[i]);
        }
      }
    }
    assertThat(numbers).hasSize(objects);
    assertThat(numbers.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    assertThat(numbers.values().stream().distinct()).hasSize(objects);
  }

  @Property(tries = 500)
  void shouldAnswerWhateverComes(
      @ForAll @Size(max = 5) List<@Size(4) float[]> boxes,
      @ForAll double first,
      @ForAll double second,
      @ForAll float score,
      @ForAll int classId) {
    BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
    float[] special = {Float.NaN, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0, 1e38f};
    List<Found> found = new ArrayList<>();
    for (float[] b : boxes) {
      found.add(new Found(new Box(b[0], b[1], b[2], b[3]), score, classId));
      int at = Math.floorMod(Float.floatToIntBits(b[0]), special.length);
      found.add(new Found(new Box(-b[0], b[1], special[at], b[3]), .9f, 0));
      found.add(new Found(new Box(-1e38f, 0, Float.MAX_VALUE, 1), .9f, 0));
    }
    for (double time : new double[] {first, second, Double.NaN, first, 0, Double.MIN_VALUE, 1}) {
      assertThat(update(tracker, time, found)).hasSize(found.size());
    }
  }

  @Example
  void shouldBeBoundedAfterManyFrames() {
    Random random = new Random(11);
    BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
    for (int frame = 0; frame < 100_000; frame++) {
      List<Found> found = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        float x = random.nextInt(100_000);
        found.add(new Found(new Box(x, 0, x + 50, 100), random.nextFloat(), 0));
      }
      update(tracker, frame * 40, found);
      // At 25 frames a second, 3 boxes a frame, 2 s.
      assertThat(tracker.size()).isLessThanOrEqualTo(3 * 51);
    }
  }
}
