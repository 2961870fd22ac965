package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Point;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.testing.SharedFolder;
import dev.avocet.track.BoxTracker;
import dev.avocet.track.Scene;
import dev.avocet.track.Scene.Anchor;
import dev.avocet.track.Scene.Line;
import dev.avocet.track.Scene.Zone;
import dev.avocet.track.SceneCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * People followed and counted through the first 60 s (600 frames) of a clip, against what one sees
 * in its frames. Counted by hand, looking at every frame where somebody comes or goes, and at every
 * fifth frame between:
 *
 * <ul>
 *   <li>A woman in a grey cardigan: her hair comes in at the lower edge, left of the middle, in
 *       frame 60 (6.0 s). She goes to the table right of the middle, stands there from 8 s to 18 s,
 *       and goes off to the right. Her shoe is the last of her, in frame 199 (19.9 s).
 *   <li>A man in black: the same way from frame 227 (22.7 s), at the table from 24 s to 43 s, gone
 *       with his shoe in frame 449 (44.9 s).
 *   <li>A woman in black with long fair hair: the same way from frame 502 (50.2 s), at the table
 *       from 52 s until after the 60 s.
 * </ul>
 *
 * <p>So there are three people, never two at a time, and none between 20.0 s and 22.6 s, and
 * between 45.0 s and 50.1 s. All three cross the upright line in the middle (x = 384) once from
 * left to right, as they come; two cross the one at three quarters (x = 576) from left to right, as
 * they go. All three come into the zone around the table, and two leave it.
 */
@Tag("slow")
class FollowedClipTest {
  private static final int FRAMES = 600;
  private static final int PERSON = 0;

  private static final Scene SCENE =
      new Scene(
          List.of(upright("middle", .5f), upright("right", .75f)),
          List.of(
              new Zone(
                  "table",
                  List.of(
                      new Point(.45f, 0),
                      new Point(.75f, 0),
                      new Point(.75f, 1),
                      new Point(.45f, 1)),
                  Set.of(),
                  Anchor.CENTRE)));

  private static List<List<Detection>> found;

  private static Line upright(String name, float x) {
    return new Line(name, new Point(x, 1), new Point(x, 0), Set.of(), Anchor.CENTRE);
  }

  @BeforeAll
  static void detect() {
    Path shared = SharedFolder.resolve("");
    Path clip = shared.resolve("assets/video/one-by-one-person-detection.mp4");
    List<List<Detection>> all = new ArrayList<>();
    DetectOptions faint = DetectOptions.DEFAULT.withScoreThreshold(.1f);
    try (Detector detector = Detector.open(shared.resolve("assets/sdk-models/yolox_nano"));
        FrameSource source = Frames.open(clip.toString())) {
      while (all.size() < FRAMES) {
        try (Frame frame = source.next().orElseThrow()) {
          assertThat(frame.timeMillis()).hasValue(all.size() * 100.);
          all.add(
              detector.detect(frame.image(), faint).stream()
                  .filter(d -> d.classId() == PERSON)
                  .toList());
        }
      }
    }
    found = all;
  }

  /** Who is to be seen in a frame, by the hand count. */
  private static String who(int frame) {
    if (frame >= 60 && frame <= 199) {
      return "woman in grey";
    } else if (frame >= 227 && frame <= 449) {
      return "man in black";
    } else if (frame >= 502) {
      return "woman in black";
    }
    return "nobody";
  }

  /** What came out of a run: the numbers that each had, in order, and the counts. */
  private record Followed(
      Map<String, Set<Long>> numbers, Map<String, Map<String, Long>> counts, long boxes) {
    /** How often somebody got another number, or the number of somebody else. */
    long switches() {
      Set<Long> different = new LinkedHashSet<>();
      numbers.values().forEach(different::addAll);
      long all = numbers.values().stream().mapToLong(Set::size).sum();
      return all - numbers.size() + all - different.size();
    }
  }

  private static Followed follow(float score, IntPredicate dropped) {
    BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
    SceneCounter counter = new SceneCounter(SCENE);
    Map<String, Set<Long>> numbers = new LinkedHashMap<>();
    long followed = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      if (dropped.test(frame)) {
        continue;
      }
      List<Detection> people = found.get(frame).stream().filter(d -> d.score() >= score).toList();
      double time = frame * 100;
      long[] ids = tracker.update(time, people);
      counter.update(time, 768, 432, ids, people);
      for (long id : ids) {
        if (id >= 0) {
          numbers.computeIfAbsent(who(frame), name -> new LinkedHashSet<>()).add(id);
          followed++;
        }
      }
    }
    return new Followed(numbers, counter.counts(), followed);
  }

  private static void assertCounts(Followed run) {
    assertThat(run.counts())
        .containsEntry("middle", Map.of("in", 3L, "out", 0L))
        .containsEntry("right", Map.of("in", 2L, "out", 0L))
        .containsEntry("table", Map.of("inside", 1L, "entered", 3L));
  }

  @Test
  void shouldFollowThreePeople() {
    for (float score : new float[] {.1f, .3f}) {
      Followed run = follow(score, frame -> false);
      assertThat(run.numbers().keySet())
          .containsExactly("woman in grey", "man in black", "woman in black");
      assertThat(run.switches()).as(run.toString()).isZero();
      // Of the 461 frames with somebody in them, at the edges only a shoe or some hair.
      assertThat(run.boxes()).isBetween(440L, 461L);
      assertCounts(run);
    }
  }

  /**
   * As on a box that is too slow for every frame: each is dropped with a chance of one in two or
   * three. Who comes in is at the line in the middle within five frames, and counts only where he
   * was seen surely before it in one of those that are left.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldFollowThemWhereFramesAreDropped(int oneIn) {
    int runs = 50;
    long middle = 0;
    long right = 0;
    for (int seed = 0; seed < runs; seed++) {
      Random random = new Random(seed * 1_000_003L);
      Followed run = follow(.3f, frame -> random.nextInt(oneIn) == 0);
      assertThat(run.switches()).as("seed %d: %s", seed, run).isLessThanOrEqualTo(2);
      assertThat(run.counts().get("middle").get("in")).isBetween(1L, 3L);
      assertThat(run.counts().get("middle")).containsEntry("out", 0L);
      assertThat(run.counts().get("right").get("in")).isBetween(1L, 2L);
      assertThat(run.counts().get("right")).containsEntry("out", 0L);
      assertThat(run.counts()).containsEntry("table", Map.of("inside", 1L, "entered", 3L));
      middle += run.counts().get("middle").get("in");
      right += run.counts().get("right").get("in");
    }
    assertThat(middle).as("of %d", 3 * runs).isGreaterThan(2 * runs + runs / 2);
    assertThat(right).as("of %d", 2 * runs).isGreaterThan(2 * runs - runs / 10);
  }
}
