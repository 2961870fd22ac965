package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TrtProfilesPropertyTest {
  private static final TrtMeta NOTHING = new TrtMeta(Map.of(), OptionalInt.empty());

  /** An input of the network and a range that fits it. */
  record Fitting(Shape input, TrtRange range) {}

  @Provide
  Arbitrary<Fitting> fitting() {
    Arbitrary<long[]> axis =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.longs().between(1, 50),
                Arbitraries.longs().between(0, 50),
                Arbitraries.longs().between(0, 50))
            .as(
                (fixed, least, more, most) ->
                    fixed
                        ? new long[] {least, least, least, least}
                        : new long[] {-1, least, least + more, least + more + most});
    return axis.list().ofMinSize(1).ofMaxSize(8).map(TrtProfilesPropertyTest::fitting);
  }

  private static Fitting fitting(List<long[]> axes) {
    return new Fitting(
        shape(axes, 0), new TrtRange(shape(axes, 1), shape(axes, 2), shape(axes, 3)));
  }

  private static Shape shape(List<long[]> axes, int which) {
    return Shape.of(axes.stream().mapToLong(axis -> axis[which]).toArray());
  }

  @Property(tries = 300)
  void shouldReadBackWhatItWritesWhateverTheRangeIs(@ForAll("fitting") Fitting fitting) {
    assertThat(TrtRange.parse(fitting.range().toString())).isEqualTo(fitting.range());
  }

  @Property(tries = 300)
  void shouldTakeTheCallersRangesBeforeThoseOfTheMetaInfo(
      @ForAll("fitting") Fitting a, @ForAll("fitting") Fitting b) {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    inputs.put("a", a.input());
    inputs.put("b", b.input());
    TrtRange other = new TrtRange(a.range().min(), a.range().min(), a.range().max());
    TrtMeta meta = new TrtMeta(Map.of("a", other, "b", b.range()), OptionalInt.of(9));

    Map<String, TrtRange> ranges = TrtProfiles.of(inputs, Map.of("a", a.range()), meta);

    assertThat(ranges.containsKey("a")).isEqualTo(!a.input().isStatic());
    assertThat(ranges.containsKey("b")).isEqualTo(!b.input().isStatic());
    ranges.forEach(
        (name, range) -> {
          assertThat(range).isEqualTo(name.equals("a") ? a.range() : b.range());
          assertThat(inputs.get(name).accepts(range.min())).isTrue();
          assertThat(inputs.get(name).accepts(range.opt())).isTrue();
          assertThat(inputs.get(name).accepts(range.max())).isTrue();
        });
  }

  @Property(tries = 200)
  void shouldRefuseARangeWhenAFixedAxisIsAnother(@ForAll("fitting") Fitting fitting) {
    int fixed = -1;
    for (int axis = 0; axis < fitting.input().rank(); axis++) {
      fixed = fitting.input().dim(axis) >= 0 ? axis : fixed;
    }
    Assume.that(fixed >= 0);
    TrtRange range = fitting.range();
    Shape larger = range.max().with(fixed, range.max().dim(fixed) + 1);
    TrtRange wrong = new TrtRange(range.min(), range.opt(), larger);

    for (boolean meta : new boolean[] {true, false}) {
      if (meta && fitting.input().isStatic()) {
        continue;
      }
      AvocetException e =
          assertThrows(
              AvocetException.class,
              () ->
                  TrtProfiles.of(
                      Map.of("x", fitting.input()),
                      meta ? Map.of() : Map.of("x", wrong),
                      new TrtMeta(meta ? Map.of("x", wrong) : Map.of(), OptionalInt.empty())));
      assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
      assertThat(e)
          .hasMessage(
              "%s: %s does not fit the network's input x%s"
                  .formatted(meta ? "detail.json" : "profile", wrong, fitting.input()));
    }
  }

  /** The example in the message is one that works. */
  @Property(tries = 200)
  void shouldGiveAnExampleThatWorksWhenNobodySaysHowFarAnInputVaries(
      @ForAll("fitting") Fitting fitting) {
    Assume.that(!fitting.input().isStatic());
    Map<String, Shape> inputs = Map.of("x", fitting.input());

    AvocetException e =
        assertThrows(AvocetException.class, () -> TrtProfiles.of(inputs, Map.of(), NOTHING));
    String text = e.getMessage();
    String example = text.substring(text.indexOf("profile=") + "profile=".length());

    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    Map<String, TrtRange> given = TrtOptionsTest.options("profile", example).ranges();
    assertThat(TrtProfiles.of(inputs, given, NOTHING)).isEqualTo(given);
  }

  @Test
  void shouldSayWhatToDoWhenAnInputVaries() {
    AvocetException e =
        assertThrows(
            AvocetException.class,
            () -> TrtProfiles.of(Map.of("images", Shape.of(-1, 3, -1, 640)), Map.of(), NOTHING));

    assertThat(e)
        .hasMessage(
            "input images[?,3,?,640] varies in its shape, and neither the option profile nor detail.json says how far: name the smallest, the best and the largest shape, for example profile=images:1x3x320x640,1x3x640x640,1x3x1280x640");
  }

  @Test
  void shouldTakeTheBatchOfTheMetaInfoWhenOnlyTheFirstAxisVaries() {
    TrtMeta batch = new TrtMeta(Map.of(), OptionalInt.of(4));
    Map<String, Shape> inputs = Map.of("x", Shape.of(-1, 3, 8, 8));

    assertThat(TrtProfiles.of(inputs, Map.of(), batch))
        .isEqualTo(Map.of("x", TrtRange.parse("1x3x8x8,4x3x8x8,4x3x8x8")));
    assertThrows(
        AvocetException.class,
        () -> TrtProfiles.of(Map.of("x", Shape.of(-1, 3, -1, 8)), Map.of(), batch));
    assertThrows(AvocetException.class, () -> TrtProfiles.of(inputs, Map.of(), NOTHING));
  }

  @Test
  void shouldNameTheInputsWhenTheCallerNamesAnother() {
    AvocetException e =
        assertThrows(
            AvocetException.class,
            () ->
                TrtProfiles.of(
                    Map.of("x", Shape.of(1, 2)), Map.of("y", TrtRange.parse("1x2")), NOTHING));

    assertThat(e).hasMessage("profile: the network has no input \"y\"; it has {x=[1,2]}");
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
  }
}
