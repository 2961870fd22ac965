package dev.avocet.core;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ShapeTest {

  @Property
  void shouldCountElementsOrSayThatTheyAreTooMany(
      @ForAll @Size(max = 6) List<@LongRange(min = 1) Long> extents) {
    long[] dims = extents.stream().mapToLong(Long::longValue).toArray();
    BigInteger expected = BigInteger.ONE;
    for (long d : dims) {
      expected = expected.multiply(BigInteger.valueOf(d));
    }
    Shape shape = Shape.of(dims);
    if (expected.bitLength() > 63) {
      assertFails(Status.OUT_OF_RANGE, shape::elements).contains("is too large");
    } else {
      assertThat(shape.elements()).isEqualTo(expected.longValueExact());
    }
  }

  @Property
  void shouldKeepItsExtents(
      @ForAll @Size(max = 6) List<@LongRange(min = -1, max = 9) Long> extents) {
    long[] dims = extents.stream().mapToLong(Long::longValue).toArray();
    long[] mine = dims.clone();
    Shape shape = Shape.of(mine);
    if (mine.length > 0) {
      mine[0] = 100;
      shape.toArray()[0] = 100;
    }
    assertThat(shape.toArray()).isEqualTo(dims);
    assertThat(shape).isEqualTo(Shape.of(dims)).hasSameHashCodeAs(Shape.of(dims));
    for (int i = 0; i < dims.length; i++) {
      assertThat(shape.dim(i)).isEqualTo(dims[i]).isEqualTo(shape.dim(i - dims.length));
      assertThat(shape.with(i, 7).dim(i)).isEqualTo(7);
    }
  }

  @Test
  void shouldCountOneElementForAScalarAndNoneWhereAnExtentIsZero() {
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(3, 0, 5).elements()).isZero();
  }

  @Test
  void shouldTakeUnknownExtentsAsWildCards() {
    Shape wanted = Shape.of(-1, 3, -1);
    assertThat(wanted.isStatic()).isFalse();
    assertThat(wanted.accepts(Shape.of(7, 3, 9))).isTrue();
    assertThat(wanted.accepts(Shape.of(7, 4, 9))).isFalse();
    assertThat(wanted.accepts(Shape.of(7, 3))).isFalse();
    assertThat(wanted).hasToString("[?,3,?]");
    assertFails(Status.INVALID_ARG, wanted::elements)
        .isEqualTo("shape=[?,3,?] has an unknown extent");
  }

  @Test
  void shouldRefuseExtentsAndAxesThatDoNotExist() {
    assertFails(Status.INVALID_ARG, () -> Shape.of(1, -2)).contains("shape=[1, -2]");
    Shape shape = Shape.of(4, 5);
    assertFails(Status.OUT_OF_RANGE, () -> shape.dim(2))
        .isEqualTo("axis=2 is outside of shape=[4,5]");
    assertFails(Status.OUT_OF_RANGE, () -> shape.dim(-3)).contains("axis=-3");
    assertFails(Status.OUT_OF_RANGE, () -> shape.with(2, 1)).contains("axis=2");
    assertThat(shape.with(-1, 6)).isEqualTo(Shape.of(4, 6));
  }
}
