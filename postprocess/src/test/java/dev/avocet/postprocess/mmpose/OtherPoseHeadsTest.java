package dev.avocet.postprocess.mmpose;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.DataType;
import dev.avocet.core.RectF;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link DeepposeRegressionHeadDecode} and {@link SimCCLabelDecode}. */
class OtherPoseHeadsTest {
  private static final String REGRESSION = "DeepposeRegressionHeadDecode";
  private static final String SIMCC = "SimCCLabelDecode";
  private static final SampleMeta META = Points.window(96, 128, new RectF(-10, 20, 192, 256));

  private static List<String> simcc(String params, Tensor x, Tensor y, int index) {
    return Points.lines(
        Points.decode(SIMCC, params, Map.of("simcc_x", x, "simcc_y", y), index, META));
  }

  @Test
  void shouldScalePartsOfThePictureToTheWindow() {
    Tensor output = tensor(Shape.of(2, 2, 2), 0, 0, 0, 0, .5f, .25f, -.5f, 1.5f);
    assertThat(Points.lines(Points.decode(REGRESSION, "{}", Map.of("output", output), 1, META)))
        .containsExactly("86.000 84.000 1.000", "-106.000 404.000 1.000");
    Map<String, Tensor> wrong = Map.of("output", tensor(Shape.of(1, 1, 3), 1, 2, 3));
    assertThatThrownBy(() -> Points.decode(REGRESSION, "{}", wrong, 0, META))
        .hasMessage("output \"output\": expected FLOAT32[B,K,2], found FLOAT32[1,1,3]");
    Map<String, Tensor> nan = Map.of("output", tensor(Shape.of(1, 1, 2), Float.NaN, 0));
    assertThatThrownBy(() -> Points.decode(REGRESSION, "{}", nan, 0, META))
        .hasMessageContaining("key point 0 column=NaN");
  }

  @Test
  void shouldTakeTheBestBinsAndTheLesserScore() {
    Tensor x = tensor(Shape.of(1, 2, 4), .1f, .7f, .7f, .2f, -1, -2, -3, -4);
    Tensor y = tensor(Shape.of(1, 2, 3), .1f, .2f, .4f, .9f, .1f, .1f);
    String params = "{\"input_size\": [96, 128], \"simcc_split_ratio\": 2}";
    // Bin 1 / 2 of 96 pixels over 192, bin 2 / 2 of 128 over 256. Below zero: bin (-1,-1).
    assertThat(simcc(params, x, y, 0))
        .containsExactly("-9.000 22.000 0.400", "-11.000 19.000 -1.000");
    // By default two bins a pixel, a picture of 192 x 256.
    assertThat(simcc("{}", x, y, 0)).startsWith("-9.500 21.000 0.400");
  }

  @Test
  void shouldPassOnPointsThatTheNetworkHasDecoded() {
    Tensor points = tensor(Shape.of(2, 1, 2), 0, 0, 48, 32);
    String params = "{\"input_size\": [96, 128], \"export_postprocess\": true}";
    assertThat(simcc(params, points, tensor(Shape.of(2, 1), 0, .5f), 1))
        .containsExactly("86.000 84.000 0.500");
    assertThat(simcc(params, points, tensor(Shape.of(2, 1, 1), 0, .5f), 1))
        .containsExactly("86.000 84.000 0.500");
    assertThatThrownBy(() -> simcc(params, points, tensor(Shape.of(2, 2), 0, 1, 2, 3), 0))
        .hasMessage(
            "output \"simcc_y\": expected FLOAT32[B,K] or [B,K,1] for simcc_x[2,1,2], found FLOAT32[2,2]");
  }

  @Test
  void shouldRefuseDistributionsThatDoNotFit() {
    Tensor x = tensor(Shape.of(1, 2, 2), 1, 2, 3, 4);
    assertThatThrownBy(() -> simcc("{}", x, tensor(Shape.of(1, 1, 2), 1, 2), 0))
        .hasMessageContaining("\"simcc_y\": expected FLOAT32[B,K,Wy] for simcc_x[1,2,2]");
    assertThatThrownBy(() -> simcc("{}", tensor(DataType.INT32, x.shape()), x, 0))
        .hasMessageContaining("\"simcc_x\": expected FLOAT32[B,K,Wx], found INT32[1,2,2]");
    assertThatThrownBy(() -> simcc("{}", x, tensor(Shape.of(1, 2, 1), 1, Float.NaN), 0))
        .hasMessageContaining("holds NaN: simcc_y row 1 bin 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"simcc_split_ratio\": 0} | $.simcc_split_ratio: expected a number above 0, found 0",
        "{\"input_size\": [96]} | $.input_size: expected [width, height] of 1 or more",
        "{\"input_size\": [96, 0]} | $.input_size: expected [width, height] of 1 or more"
      })
  void shouldRefuseWrongParameters(String params, String words) {
    assertThatThrownBy(() -> head(SIMCC, params)).hasMessageContaining(words);
  }

  @Property(tries = 300)
  void shouldAnswerOrFailWhateverTheTensors(@ForAll long seed) {
    Random random = new Random(seed);
    Points.survive(REGRESSION, "{}", random, "output");
    String decoded = "{\"export_postprocess\": %s}".formatted(random.nextBoolean());
    Points.survive(SIMCC, decoded, random, "simcc_x", "simcc_y");
  }
}
