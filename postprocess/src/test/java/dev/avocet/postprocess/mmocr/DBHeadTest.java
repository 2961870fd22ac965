package dev.avocet.postprocess.mmocr;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.tensor;
import static dev.avocet.postprocess.TextTests.fill;
import static dev.avocet.postprocess.TextTests.lines;
import static dev.avocet.postprocess.TextTests.output;
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
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DBHeadTest {
  private static final SampleMeta PLAIN = plain(48, 32);

  private static List<String> decode(String params, Tensor map, int index, SampleMeta meta) {
    return lines(
        (Quads) head("DBHead", params).decode(output(map), index, meta, HeadOptions.DEFAULT));
  }

  /** Pixels 10 to 29 across, 8 to 17 down. */
  private static Tensor rectangle(float score) {
    Tensor map = tensor(DataType.FLOAT32, Shape.of(1, 32, 48));
    fill(map, 0, 10, 8, 29, 17, score);
    return map;
  }

  @Test
  void shouldGrowARectangleByAreaTimesRatioOverPerimeter() {
    // 19 by 9 between middles of pixels: 171 * 1.5 / 56 = 4.58, to 5.42 3.42 33.58 21.58.
    assertThat(decode("{}", rectangle(0.9f), 0, PLAIN))
        .containsExactly("5.00 22.00, 5.00 3.00, 34.00 3.00, 34.00 22.00: 0.90");
    // 171 * 2 / 56 = 6.11, to 3.89 1.89 35.11 23.11.
    assertThat(decode("{\"unclip_ratio\": 2}", rectangle(0.9f), 0, PLAIN))
        .containsExactly("4.00 23.00, 4.00 2.00, 35.00 2.00, 35.00 23.00: 0.90");
  }

  @Test
  void shouldMapToTheSourceAndRoundWhenRescaling() {
    // The input is half of the source, less 8 rows of padding above: (3 - 8) * 2 = -10, ...
    SampleMeta meta =
        new SampleMeta(96, 48, 48, 24, 0.5f, 0.5f, 8, 0, 0, 0, 48, 32, 1, Optional.empty());

    assertThat(decode("{}", rectangle(0.9f), 0, meta))
        .containsExactly("10.00 28.00, 10.00 -10.00, 68.00 -10.00, 68.00 28.00: 0.90");
    // The map is a quarter of the input.
    assertThat(decode("{\"downsample_ratio\": 0.25}", rectangle(0.9f), 0, scaled(64, 96, 192, 128)))
        .containsExactly("7.00 66.00, 7.00 9.00, 45.00 9.00, 45.00 66.00: 0.90");
    assertThat(decode("{\"rescale\": false}", rectangle(0.9f), 0, meta))
        .containsExactly("5.00 22.00, 5.00 3.00, 34.00 3.00, 34.00 22.00: 0.90");
  }

  @Test
  void shouldTakeBothRanksAndTheAskedEntry() {
    Tensor maps = tensor(DataType.FLOAT32, Shape.of(2, 1, 32, 48));
    fill(maps, 1, 10, 8, 29, 17, 0.9f);

    assertThat(decode("{}", maps, 0, PLAIN)).isEmpty();
    assertThat(decode("{}", maps, 1, PLAIN)).hasSize(1);
  }

  @Test
  void shouldKeepPixelsAtTheThresholdAndDropRegionsBelowTheScore() {
    assertThat(decode("{\"mask_thr\": 0.5}", rectangle(0.5f), 0, PLAIN)).hasSize(1);
    assertThat(decode("{\"mask_thr\": 0.51}", rectangle(0.5f), 0, PLAIN)).isEmpty();
    assertThat(decode("{\"min_text_score\": 0.5}", rectangle(0.5f), 0, PLAIN)).hasSize(1);
    assertThat(decode("{\"min_text_score\": 0.51}", rectangle(0.5f), 0, PLAIN)).isEmpty();
    Quads quads =
        (Quads)
            head("DBHead", "{}")
                .decode(output(rectangle(0.5f)), 0, PLAIN, new HeadOptions(OptionalDouble.of(0.6)));
    assertThat(quads.quads()).isEmpty();
  }

  @Test
  void shouldDropWhatIsNotWiderThanTheLimit() {
    // 34 - 5: of this box the lower side is the width.
    assertThat(decode("{\"min_text_width\": 28}", rectangle(0.9f), 0, PLAIN)).hasSize(1);
    assertThat(decode("{\"min_text_width\": 29}", rectangle(0.9f), 0, PLAIN)).isEmpty();
  }

  @Test
  void shouldLookAtTheFirstCandidatesOnly() {
    Tensor map = rectangle(0.9f);
    fill(map, 0, 32, 20, 46, 30, 0.8f);

    assertThat(decode("{}", map, 0, PLAIN)).hasSize(2);
    // OpenCV finds borders from the bottom up.
    assertThat(decode("{\"max_candidate\": 1}", map, 0, PLAIN))
        .singleElement()
        .asString()
        .endsWith("0.80");
  }

  @Test
  void shouldKeepLongThinRegionsWhenNotApproximating() {
    Tensor map = tensor(DataType.FLOAT32, Shape.of(1, 40, 1000));
    fill(map, 0, 20, 10, 970, 20, 0.9f);
    SampleMeta meta = plain(1000, 40);

    assertThat(decode("{}", map, 0, meta)).isEmpty();
    // 20 to 971 by 10 to 21, grown by 951 * 11 * 1.5 / 1924 = 8.16, to 11.84 1.84 979.16 29.16.
    assertThat(decode("{\"approximate\": false}", map, 0, meta))
        .containsExactly("12.00 29.00, 12.00 2.00, 979.00 2.00, 979.00 29.00: 0.90");
  }

  @Test
  void shouldFailWhenTheMapHoldsNaN() {
    Tensor map = rectangle(Float.NaN);

    assertThatThrownBy(() -> decode("{}", map, 0, PLAIN))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("the network's output holds NaN: the score at 10,8");
  }

  @ParameterizedTest
  @CsvSource({
    "unclip_ratio,0,'a number above 0, to 100'",
    "unclip_ratio,101,'a number above 0, to 100'",
    "max_candidate,0,1 or more",
    "downsample_ratio,0,a number above 0"
  })
  void shouldNameTheParameterThatIsOutOfRange(String key, String value, String expected) {
    String params = "{\"%s\": %s}".formatted(key, value);

    assertThatThrownBy(() -> head("DBHead", params))
        .isInstanceOf(AvocetException.class)
        .hasMessage("pipeline.json: $.%s: expected %s, found %s".formatted(key, expected, value));
  }
}
