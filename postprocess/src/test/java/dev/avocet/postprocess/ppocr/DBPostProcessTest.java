package dev.avocet.postprocess.ppocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.outputs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static dev.avocet.postprocess.TextTests.fill;
import static dev.avocet.postprocess.TextTests.lines;
import static dev.avocet.postprocess.TextTests.scaled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DBPostProcessTest {
  private static final SampleMeta PLAIN = plain(64, 48);

  private static List<String> decode(String params, Tensor map, SampleMeta meta) {
    return lines(
        (Quads)
            head("DBPostProcess", params)
                .decode(outputs(Map.of("sigmoid_0.tmp_0", map)), 0, meta, HeadOptions.DEFAULT));
  }

  private static Tensor map() {
    return tensor(DataType.FLOAT32, Shape.of(1, 1, 48, 64));
  }

  @Test
  void shouldGrowTheRectangleAndStartAtItsUpperLeft() {
    Tensor map = map();
    fill(map, 0, 10, 8, 29, 17, 0.9f);

    // 10 to 30 by 8 to 18, grown by 200 * 1.5 / 60 = 5.
    assertThat(decode("{}", map, PLAIN))
        .containsExactly("5.00 3.00, 35.00 3.00, 35.00 23.00, 5.00 23.00: 0.90");
    // The input is half of the source.
    assertThat(decode("{}", map, scaled(128, 96, 64, 48)))
        .containsExactly("10.00 6.00, 70.00 6.00, 70.00 46.00, 10.00 46.00: 0.90");
  }

  @Test
  void shouldClipToThePicture() {
    Tensor map = map();
    fill(map, 0, 1, 1, 62, 46, 0.9f);

    assertThat(decode("{}", map, PLAIN))
        .containsExactly("0.00 0.00, 63.00 0.00, 63.00 47.00, 0.00 47.00: 0.90");
  }

  @Test
  void shouldKeepRegionsThatAreLongAndThin() {
    Tensor map = tensor(DataType.FLOAT32, Shape.of(1, 40, 600));
    fill(map, 0, 20, 10, 532, 18, 0.9f);

    // 513 by 9, grown by 4617 * 1.5 / 1044 = 6.63, to 13.37 3.37 539.63 25.63.
    assertThat(decode("{}", map, plain(600, 40)))
        .containsExactly("13.00 3.00, 540.00 3.00, 540.00 26.00, 13.00 26.00: 0.90");
  }

  @Test
  void shouldDropSmallRegions() {
    Tensor map = map();
    fill(map, 0, 10, 10, 30, 12, 0.9f);
    assertThat(decode("{}", map, PLAIN)).isEmpty();

    // Three pixels between the middles of the outer ones.
    fill(map, 0, 10, 13, 30, 13, 0.9f);
    assertThat(decode("{}", map, PLAIN)).hasSize(1);
  }

  @Test
  void shouldTakePixelsAboveTheThresholdAndRegionsFromTheScoreOn() {
    Tensor map = map();
    fill(map, 0, 10, 8, 29, 17, 0.5f);

    assertThat(decode("{\"thresh\": 0.5, \"box_thresh\": 0.1}", map, PLAIN)).isEmpty();
    assertThat(decode("{\"thresh\": 0.49, \"box_thresh\": 0.5}", map, PLAIN)).hasSize(1);
    assertThat(decode("{\"box_thresh\": 0.51}", map, PLAIN)).isEmpty();
  }

  @Test
  void shouldAverageOverTheRegionOrTheRectangle() {
    Tensor map = map();
    // An L: 4 columns of 20 rows and 16 more columns of 4 rows; its rectangle is upright.
    fill(map, 0, 10, 10, 13, 29, 1);
    fill(map, 0, 14, 26, 29, 29, 1);

    // The borders' inner corner is cut by a diagonal step, which stays outside of the region.
    assertThat(decode("{}", map, PLAIN)).singleElement().asString().endsWith(": 1.00");
    assertThat(decode("{\"score_mode\": \"fast\"}", map, PLAIN)).isEmpty();
    // 144 of 400 pixels.
    assertThat(decode("{\"score_mode\": \"fast\", \"box_thresh\": 0.3}", map, PLAIN))
        .singleElement()
        .asString()
        .endsWith(": 0.36");
  }

  @Test
  void shouldAnswerInReadingOrder() {
    Tensor map = map();
    fill(map, 0, 36, 5, 55, 12, 0.8f);
    fill(map, 0, 5, 9, 20, 16, 0.7f);
    fill(map, 0, 5, 33, 20, 40, 0.9f);

    assertThat(decode("{}", map, PLAIN))
        .satisfiesExactly(
            first -> assertThat(first).endsWith("0.70"),
            second -> assertThat(second).endsWith("0.80"),
            third -> assertThat(third).endsWith("0.90"));
    // OpenCV finds borders from the bottom up.
    assertThat(decode("{\"max_candidates\": 1}", map, PLAIN))
        .singleElement()
        .asString()
        .endsWith("0.90");
  }

  @Test
  void shouldFailWhenTheMapHoldsNaN() {
    Tensor map = map();
    map.floats().put(65, Float.NaN);

    assertThatThrownBy(() -> decode("{}", map, PLAIN))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("holds NaN: the score at 1,1 in \"sigmoid_0.tmp_0\"");
  }

  @ParameterizedTest
  @CsvSource({
    "score_mode,'\"mean\"',fast or slow",
    "unclip_ratio,-1,'a number above 0, to 100'",
    "max_candidates,0,1 or more"
  })
  void shouldNameTheParameterThatIsWrong(String key, String value, String expected) {
    String params = "{\"%s\": %s}".formatted(key, value);

    assertThatThrownBy(() -> head("DBPostProcess", params))
        .isInstanceOf(AvocetException.class)
        .hasMessage("pipeline.json: $.%s: expected %s, found %s".formatted(key, expected, value));
  }
}
