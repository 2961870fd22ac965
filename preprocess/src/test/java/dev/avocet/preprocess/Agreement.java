package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Tensor;
import java.nio.ByteBuffer;
import net.jqwik.api.statistics.Statistics;

/** Compares the three ways of running a list of transforms; for property tests. */
final class Agreement {
  private Agreement() {}

  /**
   * Runs a list of transforms on a whole picture in every way.
   *
   * @param tolerance steps of the 8-bit value
   */
  static void check(String steps, Image image, int tolerance) {
    check(steps, image, new Rect(0, 0, image.uprightWidth(), image.uprightHeight()), tolerance);
  }

  /** The same on a region of the upright picture. */
  static void check(String steps, Image image, Rect region, int tolerance) {
    check(steps, Source.of(image, region), tolerance);
  }

  /** The same on a region and a box. */
  static void check(String steps, Source source, int tolerance) {
    try (Preprocessor reference = Preprocessor.create(Steps.of(steps), PlanMode.REFERENCE);
        Preprocessor plain = Preprocessor.create(Steps.of(steps), PlanMode.PLAIN);
        Preprocessor fused = Preprocessor.create(Steps.of(steps), PlanMode.FUSED);
        Tensor wanted = run(reference, source);
        Tensor byPlain = run(plain, source);
        Tensor byOpenCv = run(fused, source)) {
      Statistics.label("folded")
          .collect(fused.plan(source).pass().isPresent())
          .coverage(coverage -> coverage.check(true).percentage(share -> share > 60));
      String what =
          "%s %s %s\n%s\n".formatted(source, source.image().rotation(), source.region(), steps);
      float unit = unit(fused.plan(source));
      compare(what + plain.plan(source).description(), byPlain, wanted, unit, tolerance);
      compare(what + fused.plan(source).description(), byOpenCv, wanted, unit, tolerance);
    }
  }

  /** What one step of an 8-bit value comes to, at most. */
  private static float unit(Prepared prepared) {
    float unit = 1;
    if (prepared.pass().isPresent()) {
      unit = 0;
      for (float scale : prepared.pass().get().scale()) {
        unit = Math.max(unit, scale);
      }
    }
    return unit;
  }

  /** Into the second of two entries, the first of which has to stay as it is. */
  private static Tensor run(Preprocessor preprocessor, Source source) {
    Prepared prepared = preprocessor.plan(source);
    Tensor tensor = Tensor.allocate(prepared.type(), prepared.shape().with(0, 2));
    ByteBuffer bytes = tensor.bytes();
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) 0x5a);
    }
    preprocessor.run(source, tensor, 1);
    for (int i = 0; i < bytes.capacity() / 2; i++) {
      if (bytes.get(i) != 0x5a) {
        fail("byte %d of the other sample was overwritten", i);
      }
    }
    return tensor;
  }

  private static void compare(String what, Tensor found, Tensor wanted, float unit, int tolerance) {
    assertThat(found.shape()).isEqualTo(wanted.shape());
    assertThat(found.type()).isEqualTo(wanted.type());
    int elements = (int) found.shape().elements();
    int different = 0;
    for (int i = elements / 2; i < elements; i++) {
      float a = value(found, i);
      float b = value(wanted, i);
      if (Math.abs(a - b) > tolerance * unit * 1.0001f) {
        fail("%s\nelement %d of %s: expected %s, found %s", what, i, found, b, a);
      }
      different += a == b ? 0 : 1;
    }
    if (tolerance == 0) {
      assertThat(different).as(what).isZero();
    }
  }

  private static float value(Tensor tensor, int index) {
    return tensor.type() == DataType.UINT8
        ? tensor.bytes().get(index) & 0xff
        : tensor.bytes().getFloat(4 * index);
  }
}
