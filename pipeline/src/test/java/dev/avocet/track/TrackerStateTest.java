package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.TrackedPose;
import dev.avocet.core.AvocetException;
import dev.avocet.core.RectF;
import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People are squares of four points; what the two networks would say is worked out from them. */
@Tag("engineless")
class TrackerStateTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private TrackerState state = new TrackerState(TrackerParams.DEFAULT);

  private static Detection detection(float x, float y, float size) {
    return new Detection(0, Optional.empty(), .9f, new Box(x, y, x + size, y + size));
  }

  private static Pose person(float x, float y, float size, float... scores) {
    List<KeyPoint> points = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      float score = scores.length == 0 ? .8f : scores[i];
      points.add(new KeyPoint(i % 2 == 0 ? x : x + size, i < 2 ? y : y + size, score));
    }
    return new Pose(points);
  }

  private static List<Integer> ids(List<TrackedPose> poses) {
    return poses.stream().map(TrackedPose::id).toList();
  }

  private static final OptionalInt NEW = OptionalInt.empty();

  private List<Roi> regions(Detection... found) {
    return state.regions(Optional.of(List.of(found)), WIDTH, HEIGHT);
  }

  private List<Roi> regionsWithoutDetection() {
    return state.regions(Optional.empty(), WIDTH, HEIGHT);
  }

  /** Starts track 0 with a square of 80 at (100,100). */
  private void start() {
    List<Roi> regions = regions(detection(90, 90, 100));
    assertThat(ids(state.step(regions, List.of(person(100, 100, 80))))).containsExactly(0);
  }

  @Test
  void shouldLookForPeopleWhenAskedOrWhenTheirTimeHasCome() {
    state = new TrackerState(TrackerParams.builder().detectionInterval(3).build());
    List<Boolean> wanted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      assertThat(state.wantsDetection(DetectionMode.FORCED)).isTrue();
      assertThat(state.wantsDetection(DetectionMode.NEVER)).isFalse();
      wanted.add(state.wantsDetection(DetectionMode.AUTO));
      state.step(List.of(), List.of());
    }
    assertThat(wanted).containsExactly(true, false, false, true, false, false, true);
    TrackerParams never = TrackerParams.builder().detectionInterval(0).build();
    assertThat(new TrackerState(never).wantsDetection(DetectionMode.AUTO)).isFalse();
  }

  @Test
  void shouldTakeDetectionsByLabelScoreAndSize() {
    state =
        new TrackerState(
            TrackerParams.builder().detectionMinSize(20).detectionThreshold(.9f).build());
    Detection other = new Detection(1, Optional.empty(), .95f, new Box(10, 10, 90, 90));
    Detection sure = new Detection(0, Optional.empty(), .95f, new Box(10.5f, 11.5f, 90, 91));
    Detection small = new Detection(0, Optional.empty(), .95f, new Box(200, 200, 219, 220));
    Detection outside = new Detection(0, Optional.empty(), .95f, new Box(640, 0, 700, 60));
    // 0.9 is not above 0.9. Halves go to the even number, sizes are rounded apart from places.
    assertThat(regions(other, detection(300, 10, 80), small, outside, sure))
        .containsExactly(new Roi(new RectF(10, 12, 80, 80), NEW));
  }

  @Test
  void shouldKeepTheLargerOfOverlappingBoxesAndTheBestSoMany() {
    Detection large = detection(100, 100, 100);
    Detection within = new Detection(0, Optional.empty(), .99f, new Box(100, 100, 200, 180));
    Detection far = detection(400, 100, 50);
    assertThat(regions(within, far, large))
        .extracting(Roi::box)
        .containsExactly(new RectF(100, 100, 100, 100), new RectF(400, 100, 50, 50));
    state = new TrackerState(TrackerParams.builder().maxPoses(1).build());
    assertThat(regions(within, far, large)).hasSize(1);
    state = new TrackerState(TrackerParams.builder().maxPoses(0).build());
    assertThat(regions(within, far, large)).isEmpty();
    state = new TrackerState(TrackerParams.builder().detectionNmsThreshold(.81f).build());
    assertThat(regions(within, far, large)).hasSize(3);
  }

  @Test
  void shouldPutTracksBeforeDetectionsAndKeepTheirNumbers() {
    start();
    // The points' box, 80 wide, grown by 1.25: what the next frame looks at first.
    Roi followed = new Roi(new RectF(90, 90, 100, 100), OptionalInt.of(0));
    assertThat(regions(detection(85, 85, 110), detection(300, 100, 150)))
        .containsExactly(followed, new Roi(new RectF(300, 100, 150, 150), NEW));
    List<Roi> regions = regions(detection(300, 100, 150));
    List<TrackedPose> seen =
        state.step(regions, List.of(person(103, 101, 80), person(310, 110, 120)));
    assertThat(ids(seen)).containsExactly(0, 1);
    assertThat(regionsWithoutDetection())
        .extracting(Roi::trackId)
        .containsExactly(OptionalInt.of(1), OptionalInt.of(0));
  }

  @Test
  void shouldSmoothPointsAsAOneEuroFilterDoes() {
    start();
    List<TrackedPose> seen = state.step(regionsWithoutDetection(), List.of(person(104, 100, 80)));
    // Speed 4 a (a = 2 pi / (2 pi + 1)), then a cut-off of 1 + 0.007 times that.
    double a = 2 * Math.PI / (2 * Math.PI + 1);
    double r = 2 * Math.PI * (1 + .007 * 4 * a);
    KeyPoint first = seen.get(0).pose().keyPoints().get(0);
    assertThat(first.x()).isCloseTo((float) (100 + 4 * r / (r + 1)), within(1e-4f));
    assertThat(first.y()).isEqualTo(100);
    assertThat(first.score()).isEqualTo(.8f);
  }

  @Test
  void shouldLoseATrackWithoutPoseAndForgetItInTime() {
    state = new TrackerState(TrackerParams.builder().maxMissing(2).build());
    start();
    for (int frame = 0; frame < 2; frame++) {
      List<Roi> regions = regionsWithoutDetection();
      assertThat(regions).extracting(Roi::trackId).containsExactly(OptionalInt.of(0));
      // Three of four points are unsure: no pose.
      Pose unsure = person(100, 100, 80, .9f, .1f, .1f, .1f);
      assertThat(state.step(regions, List.of(unsure))).isEmpty();
    }
    List<Roi> regions = regionsWithoutDetection();
    assertThat(ids(state.step(regions, List.of(person(110, 105, 80))))).containsExactly(0);
    for (int frame = 0; frame < 3; frame++) {
      assertThat(state.step(List.of(), List.of())).isEmpty();
    }
    assertThat(regionsWithoutDetection()).isEmpty();
    assertThat(ids(state.step(regions(detection(90, 90, 100)), List.of(person(100, 100, 80)))))
        .containsExactly(1);
  }

  @Test
  void shouldNotFollowAPoseThatIsSomewhereElse() {
    start();
    List<Roi> regions = regionsWithoutDetection();
    assertThat(state.step(regions, List.of(person(400, 300, 80)))).isEmpty();
    // A detection of the same pose begins a track of its own.
    regions = regions(detection(390, 290, 100));
    assertThat(regions)
        .extracting(Roi::trackId)
        .containsExactly(NEW, OptionalInt.of(0)); // the lost track comes after detections
    Pose nobody = person(0, 0, 0, 0, 0, 0, 0);
    assertThat(ids(state.step(regions, List.of(person(400, 300, 80), nobody)))).containsExactly(1);
  }

  @Test
  void shouldKeepOneOfTwoAlikePoses() {
    start();
    List<Roi> regions = regions(detection(100, 100, 200));
    assertThat(regions).hasSize(2);
    Pose surer = person(101, 100, 80, .9f, .9f, .9f, .9f);
    // Both regions show the same person: the one that is followed stays, though less sure.
    List<TrackedPose> seen = state.step(regions, List.of(person(100, 100, 80), surer));
    assertThat(ids(seen)).containsExactly(0);
    assertThat(seen.get(0).pose().keyPoints().get(0).score()).isEqualTo(.8f);
  }

  @Test
  void shouldComparePosesByKeyPointsWhenSigmasAreGiven() {
    // Boxes overlap by 0.52, key points lie a fifth of a diagonal apart.
    Pose one = person(100, 100, 80);
    Pose other = person(120, 110, 80);
    for (float sigma : new float[] {.05f, 1}) {
      state =
          new TrackerState(
              TrackerParams.builder().keyPointSigmas(sigma, sigma, sigma, sigma).build());
      List<Roi> regions = regions(detection(90, 90, 100), detection(300, 90, 100));
      assertThat(state.step(regions, List.of(one, other))).hasSize(sigma < 1 ? 2 : 1);
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFitAndNotCountTheFrame() {
    start();
    List<Roi> regions = regionsWithoutDetection();
    Pose pose = person(100, 100, 80);
    assertFails(regions, List.of(), "poses=0 regions=1: expected one pose a region");
    assertFails(
        regions,
        List.of(new Pose(pose.keyPoints().subList(0, 3))),
        "a pose has 3 key points, expected are 4: as many as keyPointSigmas and every pose before");
    assertFails(
        regions,
        List.of(person(Float.NaN, 100, 80)),
        "KeyPoint[x=NaN, y=100.0, score=0.8]: expected finite numbers");
    assertThat(ids(state.step(regions, List.of(pose)))).containsExactly(0);
  }

  private void assertFails(List<Roi> regions, List<Pose> poses, String message) {
    assertThatThrownBy(() -> state.step(regions, poses))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage(message);
  }

  /** Whatever the networks say: finite answers, ids that are never used again, bounded memory. */
  @Property(tries = 150)
  @net.jqwik.api.Tag("engineless")
  void shouldSurviveAnything(@ForAll long seed) {
    Random random = new Random(seed);
    TrackerState any =
        new TrackerState(
            TrackerParams.builder()
                .detectionThreshold(0)
                .maxMissing(random.nextInt(3))
                .minKeyPoints(random.nextInt(6) - 1)
                .trackIouThreshold(random.nextInt(2) * .3f)
                .poseNmsThreshold(random.nextInt(2) * .5f)
                .keyPointSigmas(random.nextBoolean() ? new float[] {} : new float[] {1, 1, 1, 1})
                .build());
    for (int frame = 0; frame < 30; frame++) {
      List<Detection> found = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        found.add(detection(number(random), number(random), number(random)));
      }
      List<Roi> regions =
          any.regions(random.nextBoolean() ? Optional.of(found) : Optional.empty(), WIDTH, HEIGHT);
      List<Pose> poses = new ArrayList<>();
      regions.forEach(
          r -> {
            float[] scores = {random.nextFloat(), 1, number(random), random.nextFloat()};
            poses.add(person(number(random), number(random), number(random), scores));
          });
      List<TrackedPose> seen = any.step(regions, poses);
      assertThat(ids(seen)).doesNotHaveDuplicates().isSorted();
      for (TrackedPose pose : seen) {
        Box box = pose.box();
        assertThat(box.x1() + box.y1() + box.x2() + box.y2()).isFinite();
        assertThat(pose.pose().keyPoints())
            .allSatisfy(p -> assertThat(p.x() + p.y() + p.score()).isFinite());
      }
    }
  }

  private static float number(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> -random.nextInt(2000);
      case 1 -> random.nextInt(4000);
      case 2 -> 0;
      case 3 -> random.nextBoolean() ? 1e9f : -1e9f;
      default -> random.nextFloat() * 480;
    };
  }
}
