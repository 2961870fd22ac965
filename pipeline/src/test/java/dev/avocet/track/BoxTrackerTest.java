package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.Box;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("engineless")
class BoxTrackerTest {
  private static final float WIDTH = 50;
  private static final float HEIGHT = 100;

  private final BoxTracker tracker = new BoxTracker(BoxTracker.Params.DEFAULT);
  private double now;

  private static Box person(double x) {
    return new Box((float) x, 200, (float) x + WIDTH, 200 + HEIGHT);
  }

  /** A call with boxes of class 0. */
  private long[] see(double seconds, float score, Box... boxes) {
    now += seconds * 1000;
    float[] scores = new float[boxes.length];
    Arrays.fill(scores, score);
    return tracker.update(now, List.of(boxes), scores, new int[boxes.length]);
  }

  @Test
  void shouldGiveNumbersFromZeroThatStay() {
    assertThat(see(0, .9f, person(0), person(300))).containsExactly(0, 1);
    assertThat(see(.1, .9f, person(305), person(5))).containsExactly(1, 0);
    assertThat(see(.1, .9f, person(600), person(10), person(310))).containsExactly(2, 0, 1);
  }

  @Test
  void shouldGiveANumberAtOnceOnlyWhereItIsSure() {
    assertThat(see(0, .55f, person(0))).containsExactly(-1);
    assertThat(see(.1, .55f, person(5))).containsExactly(0);
    assertThat(see(.1, .6f, person(10), person(300))).containsExactly(0, 1);
  }

  @Test
  void shouldForgetAtOnceWhatIsNotConfirmed() {
    assertThat(see(0, .55f, person(0))).containsExactly(-1);
    assertThat(see(.1, .55f)).isEmpty();
    assertThat(see(.1, .55f, person(0))).containsExactly(-1);
    assertThat(tracker.size()).isEqualTo(1);
  }

  @Test
  void shouldKeepATrackWithFaintBoxesButNotBeginOne() {
    assertThat(see(0, .9f, person(0))).containsExactly(0);
    assertThat(see(.1, .15f, person(3), person(300))).containsExactly(0, -1);
    assertThat(see(.1, .05f, person(6))).containsExactly(-1);
    assertThat(see(.1, .45f, person(9), person(300))).containsExactly(0, -1);
  }

  @Test
  void shouldNotMixClasses() {
    List<Box> two = List.of(person(0), person(0));
    assertThat(tracker.update(0, two, new float[] {.9f, .8f}, new int[] {3, 7}))
        .containsExactly(0, 1);
    assertThat(tracker.update(100, two, new float[] {.9f, .8f}, new int[] {7, 3}))
        .containsExactly(1, 0);
    assertThat(tracker.update(200, List.of(person(0)), new float[] {.9f}, new int[] {4}))
        .containsExactly(2);
  }

  @Test
  void shouldFollowWhatDoesNotOverlapItself() {
    for (int i = 0; i < 10; i++) {
      assertThat(see(.2, .9f, person(1.3 * WIDTH * i))).containsExactly(0);
    }
  }

  @Test
  void shouldFollowWhatComesInAtTheEdge() {
    // As the first person of one-by-one-person-detection.mp4 comes in, with every second frame.
    assertThat(see(0, .54f, new Box(212, 327, 332, 431))).containsExactly(-1);
    assertThat(see(.2, .61f, new Box(233, 251, 446, 430))).containsExactly(0);
    assertThat(see(.2, .86f, new Box(270, 185, 475, 431))).containsExactly(0);
    assertThat(see(.2, .83f, new Box(313, 121, 484, 426))).containsExactly(0);
  }

  @Test
  void shouldKeepNumbersOfTwoWhoPassEachOther() {
    for (int i = 0; i < 40; i++) {
      double there = 10 * i;
      double back = 400 - 10 * i;
      // While one hides the other, only one box is found.
      if (Math.abs(there - back) < 25) {
        assertThat(see(.1, .9f, person(there))).hasSize(1);
      } else {
        assertThat(see(.1, .9f, person(there), person(back))).containsExactly(0, 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1.9, 0", "2.1, 1"})
  void shouldKeepALostTrackForSeconds(double seconds, long id) {
    see(0, .9f, person(0));
    see(.1, .9f, person(0));
    assertThat(see(seconds, .9f, person(0))).containsExactly(id);
  }

  @Test
  void shouldCountSecondsNotFrames() {
    for (int i = 0; i < 3; i++) {
      see(.01, .9f, person(0));
    }
    for (int i = 0; i < 150; i++) {
      see(.01, .9f);
    }
    assertThat(see(.01, .9f, person(0))).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1e300, 500})
  void shouldBearTimesThatMakeNoSense(double time) {
    see(1, .9f, person(0));
    see(.1, .9f, person(5));
    for (int i = 2; i < 30; i++) {
      long[] ids = tracker.update(time, List.of(person(5 * i)), new float[] {.9f}, new int[] {0});
      assertThat(ids).containsExactly(0);
    }
  }

  @Test
  void shouldPassOverBoxesThatAreNone() {
    float nan = Float.NaN;
    float infinite = Float.POSITIVE_INFINITY;
    assertThat(
            see(
                0,
                .9f,
                new Box(nan, 0, 1, 1),
                new Box(0, 0, infinite, 1),
                new Box(5, 5, 5, 9),
                new Box(9, 9, 5, 5),
                person(0)))
        .containsExactly(-1, -1, -1, -1, 0);
    assertThat(see(.1, nan, person(0))).containsExactly(-1);
  }

  @Test
  void shouldRefuseWhatDoesNotFitTogether() {
    see(0, .9f, person(0));
    assertThatThrownBy(() -> tracker.update(1, List.of(person(0)), new float[2], new int[1]))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage("boxes=1 scores=2 classIds=1: expected as many of each");
    List<Box> none = Collections.singletonList(null);
    assertThatThrownBy(() -> tracker.update(1, none, new float[1], new int[1]))
        .isInstanceOf(AvocetException.class)
        .hasMessage("boxes[0] is null: expected a box");
    assertThat(see(.1, .9f, person(0))).containsExactly(0);
  }

  @Test
  void shouldBeginAnewWithOtherNumbers() {
    see(0, .9f, person(0));
    tracker.reset();
    assertThat(tracker.size()).isZero();
    assertThat(see(.1, .9f, person(0))).containsExactly(1);
  }

  @Test
  @Timeout(30)
  void shouldAnswerForThousandsOfBoxesInOnePlace() {
    Box[] boxes = new Box[5000];
    for (int call = 0; call < 5; call++) {
      for (int i = 0; i < boxes.length; i++) {
        boxes[i] = person((i * 31 + call * 7) % 97 / 2.);
      }
      long[] ids = see(.1, .9f, boxes);
      assertThat(Arrays.stream(ids).filter(id -> id >= 0)).hasSize(BoxTracker.MOST_BOXES);
    }
    assertThat(tracker.size()).isLessThanOrEqualTo(BoxTracker.MOST_TRACKS);
  }

  @Test
  void shouldBeBoundedWhereAllIsNewInEveryFrame() {
    Box[] boxes = new Box[BoxTracker.MOST_BOXES];
    for (int call = 0; call < 6; call++) {
      for (int i = 0; i < boxes.length; i++) {
        boxes[i] = person(1000 * (i + call * 10_000));
      }
      see(.1, .9f, boxes);
      assertThat(tracker.size()).isEqualTo(Math.min(call + 1, 2) * BoxTracker.MOST_BOXES);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.1,.1,.5,2,2, highScore=1.1: expected 0 to 1",
    ".4,.5,.5,2,2, lowScore=0.5: expected 0 to 0.4",
    ".4,.1,.3,2,2, newScore=0.3: expected 0.4 to 1",
    ".4,.1,.5,NaN,2, keptSeconds=NaN: expected 0 to 60",
    ".4,.1,.5,2,0, confirmFrames=0: expected 1 to 100",
  })
  void shouldRefuseParametersOutOfRange(
      float high, float low, float fresh, float kept, int confirm, String message) {
    assertThatThrownBy(
            () -> new BoxTracker.Params(high, low, fresh, .2f, .4f, .5f, .1f, kept, .6f, confirm))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage(message);
  }

  @Test
  void shouldFollowAllThatIsShown() {
    BoxTracker shown = new BoxTracker(BoxTracker.Params.showing(.3f));
    List<Box> box = List.of(person(0));
    assertThat(shown.update(0, box, new float[] {.31f}, new int[1])).containsExactly(-1);
    assertThat(shown.update(100, box, new float[] {.31f}, new int[1])).containsExactly(0);
    assertThat(shown.update(200, box, new float[] {.11f}, new int[1])).containsExactly(0);
    assertThatThrownBy(() -> BoxTracker.Params.showing(2)).hasMessage("score=2.0: expected 0 to 1");
  }
}
