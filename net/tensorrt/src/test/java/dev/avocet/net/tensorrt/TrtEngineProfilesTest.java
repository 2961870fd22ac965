package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TrtEngineProfilesTest {
  private static TrtBounds bounds(Shape min, Shape opt, Shape max) {
    return new TrtBounds(min, opt, max);
  }

  private static TrtBounds batch(long min, long opt, long max) {
    return bounds(Shape.of(min, 3), Shape.of(opt, 3), Shape.of(max, 3));
  }

  private static int choose(TrtEngineProfiles profiles, Shape... shapes) {
    return profiles.choose(List.of(shapes));
  }

  @Test
  void shouldTakeTheProfileWhoseBestShapeIsNearest() {
    TrtEngineProfiles profiles =
        new TrtEngineProfiles(
            List.of(List.of(batch(1, 1, 8)), List.of(batch(1, 8, 8)), List.of(batch(1, 64, 64))));
    assertThat(choose(profiles, Shape.of(1, 3))).isZero();
    assertThat(choose(profiles, Shape.of(2, 3))).isZero();
    assertThat(choose(profiles, Shape.of(6, 3))).isOne();
    assertThat(choose(profiles, Shape.of(9, 3))).isEqualTo(2);
  }

  @Test
  void shouldTakeTheFirstOfEquals() {
    TrtEngineProfiles profiles =
        new TrtEngineProfiles(List.of(List.of(batch(1, 4, 8)), List.of(batch(1, 4, 8))));
    assertThat(choose(profiles, Shape.of(3, 3))).isZero();
  }

  @Test
  void shouldWantAllInputsInOneProfile() {
    TrtEngineProfiles profiles =
        new TrtEngineProfiles(
            List.of(
                List.of(batch(1, 1, 4), batch(1, 1, 4)), List.of(batch(5, 5, 8), batch(5, 5, 8))));
    assertThat(choose(profiles, Shape.of(4, 3), Shape.of(1, 3))).isZero();
    assertThat(profiles.accept(0, Shape.of(4, 3))).isTrue();
    assertThat(profiles.accept(1, Shape.of(5, 3))).isTrue();
    assertThatThrownBy(() -> choose(profiles, Shape.of(4, 3), Shape.of(5, 3)))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessage(
            "shapes=[[4,3], [5,3]]: the engine was built for [[1..4,3], [1..4,3]] or"
                + " [[5..8,3], [5..8,3]]; build it with an optimisation profile for these shapes");
    assertThat(profiles.describe(0)).isEqualTo("[1..4,3] or [5..8,3]");
  }

  @Test
  void shouldTakeExtentsOfNothingAndScalars() {
    TrtEngineProfiles empty = new TrtEngineProfiles(List.of(List.of(batch(0, 1, 2))));
    assertThat(choose(empty, Shape.of(0, 3))).isZero();
    assertThat(empty.accept(0, Shape.of(3))).isFalse();
    TrtEngineProfiles scalar =
        new TrtEngineProfiles(List.of(List.of(bounds(Shape.of(), Shape.of(), Shape.of()))));
    assertThat(choose(scalar, Shape.of())).isZero();
    assertThat(scalar.describe(0)).isEqualTo("[]");
  }

  @Test
  void shouldTakeTheOneProfileOfANetworkWithoutInputs() {
    assertThat(choose(new TrtEngineProfiles(List.of(List.of())))).isZero();
  }

  @Property
  void shouldTakeAProfileIfAndOnlyIfThereIsOne(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 0, max = 20) Integer> mins,
      @ForAll @IntRange(min = 0, max = 30) int batch) {
    List<List<TrtBounds>> all = new ArrayList<>();
    for (int min : mins) {
      all.add(List.of(batch(min, min + 3, min + 7)));
    }
    TrtEngineProfiles profiles = new TrtEngineProfiles(all);
    Shape shape = Shape.of(batch, 3);
    boolean any = mins.stream().anyMatch(min -> batch >= min && batch <= min + 7);
    assertThat(profiles.accept(0, shape)).isEqualTo(any);
    if (any) {
      int chosen = choose(profiles, shape);
      assertThat(batch).isBetween(mins.get(chosen), mins.get(chosen) + 7);
      double distance = all.get(chosen).get(0).distance(shape);
      for (List<TrtBounds> profile : all) {
        if (profile.get(0).accept(shape)) {
          assertThat(distance).isLessThanOrEqualTo(profile.get(0).distance(shape));
        }
      }
    } else {
      assertThatThrownBy(() -> choose(profiles, shape)).isInstanceOf(AvocetException.class);
    }
  }
}
