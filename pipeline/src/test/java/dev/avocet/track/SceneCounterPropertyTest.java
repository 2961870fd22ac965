package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.Box;
import dev.avocet.core.Point;
import dev.avocet.track.Scene.Anchor;
import dev.avocet.track.Scene.Line;
import dev.avocet.track.Scene.Zone;
import dev.avocet.track.SceneEvent.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for anyone who comes by. Boxes of 20 x 20 pixels in frames of 200 x 100. */
@Tag("engineless")
class SceneCounterPropertyTest {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;

  /** From below to above, beyond the picture, so that nobody goes around its ends. */
  private static Scene scene(double x, List<Point> corners) {
    Point from = new Point((float) x, 1.5f);
    Point to = new Point((float) x, -.5f);
    return new Scene(
        List.of(new Line("gate", from, to, Set.of(), Anchor.CENTRE)),
        List.of(new Zone("desk", corners, Set.of(), Anchor.BOTTOM)));
  }

  private static final List<Point> TRIANGLE =
      List.of(new Point(.2f, .3f), new Point(.8f, .2f), new Point(.6f, .95f));

  private static Box around(double x, double y) {
    return new Box((float) x - 10, (float) y - 10, (float) x + 10, (float) y + 10);
  }

  private static final int FRAMES = 300;

  /** People who wander, vanish for a moment and come back, with large and small steps. */
  @Property(tries = 200)
  void shouldCountNobodyTwice(
      @ForAll @IntRange(min = 1, max = 6) int people,
      @ForAll @DoubleRange(min = .2, max = 20) double step,
      @ForAll long seed) {
    Random random = new Random(seed);
    SceneCounter counter = new SceneCounter(scene(.5, TRIANGLE));
    double[] x = random.doubles(people, 0, WIDTH).toArray();
    double[] y = random.doubles(people, 0, HEIGHT).toArray();
    long rightAtFirst = right(x);
    Map<String, Kind> last = new HashMap<>();
    Map<Kind, Long> number = new EnumMap<>(Kind.class);
    for (int frame = 0; frame <= FRAMES; frame++) {
      List<Box> boxes = new ArrayList<>();
      List<Long> ids = new ArrayList<>();
      for (int i = 0; i < people; i++) {
        if (frame == 0 || frame == FRAMES - 1 || (frame < FRAMES && random.nextInt(4) > 0)) {
          boxes.add(around(x[i], y[i]));
          ids.add((long) i);
        }
      }
      // Then nobody comes for long.
      double time = frame < FRAMES ? frame * 40 : 1e6;
      long[] numbers = ids.stream().mapToLong(i -> i).toArray();
      List<String> labels = Collections.nCopies(boxes.size(), "person");
      for (SceneEvent e : counter.update(time, WIDTH, HEIGHT, numbers, boxes, labels)) {
        // In follows out and left follows entered, for each of them.
        assertThat(last.put(e.name() + e.trackId(), e.kind())).isNotEqualTo(e.kind());
        assertThat(e.index() < 0 ? frame == FRAMES : numbers[e.index()] == e.trackId()).isTrue();
        number.merge(e.kind(), 1L, Long::sum);
      }
      assertThat(counter.counts()).isEqualTo(counts(number));
      for (int i = 0; i < people && frame < FRAMES - 1; i++) {
        x[i] = Math.max(0, Math.min(WIDTH, x[i] + step * random.nextGaussian()));
        y[i] = Math.max(0, Math.min(HEIGHT, y[i] + step * random.nextGaussian()));
      }
    }
    Map<String, Long> gate = counter.counts().get("gate");
    assertThat(gate.get("in") - gate.get("out")).isEqualTo(right(x) - rightAtFirst);
    assertThat(counter.counts().get("desk")).containsEntry("inside", 0L);
    assertThat(counter.size()).isZero();
  }

  private static long right(double[] x) {
    return Arrays.stream(x).filter(v -> (float) v >= WIDTH / 2f).count();
  }

  private static Map<String, Map<String, Long>> counts(Map<Kind, Long> number) {
    long entered = number.getOrDefault(Kind.ZONE_ENTERED, 0L);
    long inside = entered - number.getOrDefault(Kind.ZONE_LEFT, 0L);
    long in = number.getOrDefault(Kind.LINE_IN, 0L);
    long out = number.getOrDefault(Kind.LINE_OUT, 0L);
    return Map.of(
        "gate", Map.of("in", in, "out", out), "desk", Map.of("inside", inside, "entered", entered));
  }

  /** However it trembles, by up to the margin, it is counted once, where it goes over. */
  @Property(tries = 200)
  void shouldCountAtMostOnceWhereItTrembles(@ForAll long seed, @ForAll boolean over) {
    Random random = new Random(seed);
    SceneCounter counter = new SceneCounter(scene(.5, TRIANGLE));
    for (int frame = 0; frame < 200; frame++) {
      double tremble = random.nextDouble() * 1.9 - .95;
      double x = frame == 0 ? 80 : frame < 199 ? 100 + tremble : over ? 120 : 80;
      counter.update(
          frame * 40, WIDTH, HEIGHT, new long[1], List.of(around(x, 50)), List.of("person"));
    }
    assertThat(counter.counts()).containsEntry("gate", Map.of("in", over ? 1L : 0L, "out", 0L));
  }

  @Property(tries = 500)
  void shouldAnswerWhateverComes(
      @ForAll @Size(4) List<@FloatRange(min = -.5f, max = 1.5f) Float> corners,
      @ForAll @Size(max = 5) List<@Size(4) float[]> boxes,
      @ForAll double time,
      @ForAll @IntRange(min = 1) int width,
      @ForAll @IntRange(min = 1) int height) {
    List<Point> polygon =
        List.of(
            new Point(corners.get(0), corners.get(1)),
            new Point(corners.get(2), corners.get(3)),
            new Point(corners.get(1), corners.get(0)));
    SceneCounter counter = new SceneCounter(scene(corners.get(0), polygon));
    List<Box> all = new ArrayList<>();
    for (float[] b : boxes) {
      all.add(new Box(b[0], b[1], b[2], b[3]));
      all.add(new Box(-Float.MAX_VALUE, b[1], Float.MAX_VALUE, Float.NaN));
      all.add(new Box(-Float.MAX_VALUE, -Float.MAX_VALUE, b[0], Float.MAX_VALUE));
    }
    long[] ids = LongStream.range(-1, all.size() - 1).toArray();
    List<String> labels = Collections.nCopies(all.size(), "");
    for (double t : new double[] {time, -time, Double.NaN, Double.NEGATIVE_INFINITY, time}) {
      counter.update(t, width, height, ids, all, labels);
      Collections.reverse(all);
      Map<String, Long> desk = counter.counts().get("desk");
      assertThat(desk.get("inside")).isBetween(0L, desk.get("entered"));
    }
  }

  @Example
  void shouldBeBoundedAfterManyFrames() {
    SceneCounter counter = new SceneCounter(scene(.5, TRIANGLE));
    for (int frame = 0; frame < 100_000; frame++) {
      double x = frame % 2 == 0 ? 80 : 120;
      counter.update(
          40. * frame,
          WIDTH,
          HEIGHT,
          new long[] {frame / 2, 1_000_000 + frame},
          List.of(around(x, 50), around(100, 50)),
          List.of("person", "person"));
      assertThat(counter.size()).isLessThanOrEqualTo(2 * 51);
    }
    assertThat(counter.counts()).containsEntry("gate", Map.of("in", 50_000L, "out", 0L));
  }

  @Example
  void shouldBeBoundedWhereManyComeAtOnce() {
    SceneCounter counter = new SceneCounter(scene(.5, TRIANGLE));
    int n = 3000;
    for (int call = 0; call < 5; call++) {
      long[] ids = IntStream.range(call * n, (call + 1) * n).asLongStream().toArray();
      counter.update(
          call,
          WIDTH,
          HEIGHT,
          ids,
          Collections.nCopies(n, around(100, 50)),
          Collections.nCopies(n, "person"));
      assertThat(counter.size()).isEqualTo(Math.min((call + 1) * n, SceneCounter.MOST_OBJECTS));
    }
    assertThat(counter.counts()).containsEntry("desk", Map.of("inside", 4096L, "entered", 5L * n));
  }
}
