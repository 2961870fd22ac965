package dev.avocet.postprocess;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.tensor;
import static dev.avocet.postprocess.TextTests.output;
import static dev.avocet.postprocess.TextTests.scaled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Quads;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextHeadsPropertyTest {
  private static final float[] ODD = {
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE
  };

  @Provide
  Arbitrary<String> heads() {
    return Arbitraries.of("DBHead", "DBHead thin", "PANHead", "PSEHead", "DBPostProcess");
  }

  @Property(tries = 400)
  void shouldAnswerFiniteQuadsOrFailWhateverTheMapHolds(
      @ForAll("heads") String name,
      @ForAll @IntRange(max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(max = 3) int oddities,
      @ForAll long seed) {
    Random random = new Random(seed);
    Tensor map = tensor(DataType.FLOAT32, Shape.of(1, channels, height, width));
    int size = channels * height * width;
    float smooth = random.nextFloat();
    float value = 0;
    for (int i = 0; i < size; i++) {
      value = random.nextFloat() < smooth ? value : random.nextFloat() * 9 - 4;
      map.floats().put(i, value);
    }
    for (int i = 0; i < oddities && size > 0; i++) {
      map.floats().put(random.nextInt(size), ODD[random.nextInt(ODD.length)]);
    }
    String params =
        name.equals("DBHead thin") ? "{\"approximate\": false, \"min_text_width\": 0}" : "{}";
    try {
      Quads quads =
          (Quads)
              head(name.replace(" thin", ""), params)
                  .decode(output(map), 0, scaled(80, 70, width, height), HeadOptions.DEFAULT);

      assertThat(quads.scores()).hasSize(quads.quads().size());
      for (Quad quad : quads.quads()) {
        List<Point> corners = quad.corners();
        assertThat(corners).allMatch(p -> Float.isFinite(p.x()) && Float.isFinite(p.y()), "finite");
      }
    } catch (AvocetException e) {
      assertThat(e.status()).isEqualTo(Status.FAIL);
    }
  }
}
