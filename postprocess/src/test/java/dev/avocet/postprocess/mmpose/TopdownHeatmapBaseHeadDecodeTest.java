package dev.avocet.postprocess.mmpose;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.RectF;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.HeadTests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopdownHeatmapBaseHeadDecodeTest {
  private static final String HEAD = "TopdownHeatmapBaseHeadDecode";
  private static final int WIDTH = 12;
  private static final int HEIGHT = 16;

  /** A cell is 10 x 20 source pixels, cell (0,0) at (100,200). */
  private static final SampleMeta META =
      Points.window(48, 64, new RectF(100, 200, 10f * WIDTH, 20f * HEIGHT));

  private static Tensor maps(int count) {
    return tensor(DataType.FLOAT32, Shape.of(1, count, HEIGHT, WIDTH));
  }

  private static void put(Tensor maps, int map, int x, int y, float value) {
    maps.floats().put((map * HEIGHT + y) * WIDTH + x, value);
  }

  /** A Gaussian around any place, of this height and deviation. */
  private static void bump(Tensor maps, int map, double x, double y, double deviation) {
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        double square = (column - x) * (column - x) + (row - y) * (row - y);
        put(maps, map, column, row, (float) (.8 * Math.exp(-square / 2 / deviation / deviation)));
      }
    }
  }

  private static List<String> decode(String params, Tensor output) {
    return Points.lines(Points.decode(HEAD, params, Map.of("output", output), 0, META));
  }

  @Test
  void shouldMoveAQuarterCellTowardsTheGreaterNeighbour() {
    Tensor maps = maps(4);
    put(maps, 0, 5, 7, .9f);
    put(maps, 0, 6, 7, .5f); // right
    put(maps, 0, 5, 6, .1f); // above
    put(maps, 1, 1, 7, .4f); // next to the edge: not moved
    put(maps, 1, 2, 7, .3f);
    put(maps, 2, 3, 3, .5f); // two equal: the first
    put(maps, 2, 4, 3, .5f);
    assertThat(decode("{}", maps))
        .containsExactly(
            "152.500 335.000 0.900",
            "110.000 340.000 0.400",
            "132.500 260.000 0.500",
            "90.000 180.000 0.000"); // nothing above zero: cell (-1,-1)
    assertThat(decode("{\"post_process\": \"null\"}", maps))
        .startsWith("150.000 340.000 0.900", "110.000 340.000 0.400", "130.000 260.000 0.500");
    assertThat(decode("{\"post_process\": \"something\"}", maps)).isEqualTo(decode("{}", maps));
  }

  @Test
  void shouldBlurFirstAndMoveHalfACellMoreWhenMegvii() {
    Tensor maps = maps(1);
    put(maps, 0, 5, 7, 51);
    // The blur is symmetric: no greater neighbour, half a cell more; 51 / 255 + 0.5.
    assertThat(decode("{\"post_process\": \"megvii\"}", maps))
        .containsExactly("155.000 350.000 0.700");
    assertThat(decode("{\"post_process\": \"megvii\"}", maps(1)))
        .containsExactly("90.000 180.000 0.500");
  }

  @ParameterizedTest
  @CsvSource({"5.3, 7.4", "6, 8", "4.8, 9.1"})
  void shouldFindThePlaceOfAGaussianBetweenCells(double x, double y) {
    Tensor maps = maps(1);
    bump(maps, 0, x, y, 1.5);
    // The logarithm of a Gaussian is a parabola, of which both steps find the top.
    String unbiased = "{\"post_process\": \"unbiased\", \"modulate_kernel\": 5}";
    KeyPoints taylor = Points.decode(HEAD, unbiased, Map.of("output", maps), 0, META);
    assertThat((taylor.x()[0] - 100) / 10).isCloseTo((float) x, within(.02f));
    assertThat((taylor.y()[0] - 200) / 20).isCloseTo((float) y, within(.02f));
    String udp =
        "{\"use_udp\": true, \"target_type\": \"gaussianheatmap\", \"modulate_kernel\": 5}";
    KeyPoints newton = Points.decode(HEAD, udp, Map.of("output", maps), 0, META);
    assertThat((newton.x()[0] - 100) / 120 * 11).isCloseTo((float) x, within(.02f));
    assertThat((newton.y()[0] - 200) / 320 * 15).isCloseTo((float) y, within(.02f));
    assertThat(newton.scores()[0]).isEqualTo(maps.floats().get((round(y) * WIDTH) + round(x)));
  }

  private static int round(double v) {
    return (int) Math.round(v);
  }

  @Test
  void shouldStayInItsMapWhenThePeakIsAtTheEdge() {
    Tensor maps = maps(2);
    put(maps, 0, WIDTH - 1, HEIGHT - 1, .9f);
    for (int x = 0; x < WIDTH; x++) {
      put(maps, 1, x, 0, 40); // what the reference reads as the first map's lower neighbours
    }
    Tensor alone = maps(1);
    put(alone, 0, WIDTH - 1, HEIGHT - 1, .9f);
    String udp = "{\"use_udp\": true}";
    assertThat(decode(udp, maps).get(0)).isEqualTo(decode(udp, alone).get(0));
  }

  @Test
  void shouldAddTheOffsetsOfACombinedTarget() {
    Tensor maps = maps(6);
    bump(maps, 0, 5, 7, 2);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      maps.floats().put(WIDTH * HEIGHT + i, .5f);
      maps.floats().put(2 * WIDTH * HEIGHT + i, -.25f);
    }
    String params =
        "{\"use_udp\": true, \"target_type\": \"CombinedTarget\", \"valid_radius_factor\": 0.125,"
            + " \"modulate_kernel\": 3}";
    // 0.125 * 16 = 2 cells: one right, half up; of 11 and 15 cells over 120 and 320 pixels.
    List<String> lines = decode(params, maps);
    assertThat(lines.get(0)).startsWith("165.455 338.667 ");
    // No peak: no offset, whatever lies there.
    assertThat(lines.get(1)).isEqualTo("89.091 178.667 0.000");
  }

  /** The values are those of Python's {@code cv2.GaussianBlur(plane, (size, size), 0)}. */
  @ParameterizedTest
  @CsvSource({
    "3, -0.5, -0.75, 1.125, 3.25, 0.25, -0.0625, 1.9375, 4.25, 1.0, 0.625, 2.75, 5.25",
    "5, -0.265625, 0.148438, 1.601562, 2.640625, 0.09375, 0.515625, 2.015625, 3.09375, 0.453125,"
        + " 0.882812, 2.429688, 3.546875",
    "7, 0.461914, 0.814941, 1.683106, 2.198242, 0.554688, 0.910156, 1.785156, 2.304688, 0.647461,"
        + " 1.005371, 1.887207, 2.411133",
    "9, 0.809936, 1.054138, 1.583313, 1.868286, 0.857422, 1.102539, 1.633789, 1.919922, 0.904907,"
        + " 1.150940, 1.684265, 1.971558",
    "11, 1.041503, 1.221774, 1.491107, 1.631359, 1.074426, 1.254168, 1.523000, 1.662847, 1.077284,"
        + " 1.257900, 1.528217, 1.668638"
  })
  void shouldBlurAsOpenCvDoes(ArgumentsAccessor row) {
    float[] plane = {3, -1, 4, 1, 5, -9, 2, 6, 5, 3, 5, 8};
    new GaussianBlur(row.getInteger(0)).run(plane, 0, 4, 3, GaussianBlur.Border.REFLECT);
    for (int i = 0; i < plane.length; i++) {
      assertThat(plane[i]).as("value %d", i).isCloseTo(row.getFloat(i + 1), within(2e-6f));
    }
  }

  @Test
  void shouldReadTheAskedEntryOfTheBatch() {
    Tensor maps = tensor(DataType.FLOAT32, Shape.of(2, 1, HEIGHT, WIDTH));
    put(maps, 1, 3, 4, 1); // the second entry's only map
    assertThat(Points.lines(Points.decode(HEAD, "{}", Map.of("output", maps), 1, META)))
        .containsExactly("130.000 280.000 1.000");
    assertThatThrownBy(() -> Points.decode(HEAD, "{}", Map.of("output", maps), 2, META))
        .hasMessageContaining("expected a batch of at least 3, found FLOAT32[2,1,16,12]");
  }

  @Test
  void shouldMapThroughPaddingAndScaleWhenThereIsNoWindow() {
    Tensor maps = maps(1);
    put(maps, 0, 3, 4, 1);
    SampleMeta meta =
        new SampleMeta(100, 100, 48, 64, 2, 4, 8, 6, 0, 0, 48, 64, 1, Optional.empty());
    // Cell (3,4) is network pixel (12,16): (12 - 6) / 2, (16 - 8) / 4.
    assertThat(Points.lines(Points.decode(HEAD, "{}", Map.of("output", maps), 0, meta)))
        .containsExactly("3.000 2.000 1.000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TopdownHeatmapMSMUHeadDecode",
        "TopdownHeatmapMultiStageHeadDecode",
        "TopdownHeatmapSimpleHeadDecode",
        "ViPNASHeatmapSimpleHeadDecode"
      })
  void shouldHaveItsOtherNames(String name) {
    assertThat(head(name, "{}")).isInstanceOf(TopdownHeatmapBaseHeadDecode.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"modulate_kernel\": 4} | $.modulate_kernel: expected an odd number of 1 to 255, found 4",
        "{\"modulate_kernel\": 257} | $.modulate_kernel: expected an odd number of 1 to 255",
        "{\"use_udp\": true, \"target_type\": \"x\"} | $.target_type: expected \"GaussianHeatmap\"",
        "{\"use_udp\": 1} | $.use_udp: expected true or false, found 1"
      })
  void shouldRefuseWrongParameters(String params, String words) {
    assertThatThrownBy(() -> head(HEAD, params))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.INVALID_ARG))
        .hasMessageContaining(words);
  }

  @Test
  void shouldRefuseOtherOutputs() {
    Map<String, Tensor> flat = Map.of("output", tensor(DataType.FLOAT32, Shape.of(1, 17, 2)));
    assertThatThrownBy(() -> Points.decode(HEAD, "{}", flat, 0, META))
        .hasMessage("output \"output\": expected FLOAT32[B,K,H,W], found FLOAT32[1,17,2]");
    String combined = "{\"use_udp\": true, \"target_type\": \"CombinedTarget\"}";
    assertThatThrownBy(() -> decode(combined, maps(4)))
        .hasMessageContaining("expected a multiple of 3 maps, found FLOAT32[1,4,16,12]");
    Tensor nan = maps(3);
    put(nan, 2, 1, 1, Float.NaN);
    assertThatThrownBy(() -> decode("{}", nan)).hasMessageContaining("holds NaN: heat map 2;");
    put(nan, 2, 1, 1, Float.POSITIVE_INFINITY);
    assertThatThrownBy(() -> decode("{}", nan)).hasMessageContaining("key point 2 column=1.0");
  }

  @Property(tries = 400)
  void shouldAnswerOrFailWhateverTheTensor(@ForAll long seed) {
    Random random = new Random(seed);
    String[] kinds = {"default", "null", "megvii", "unbiased"};
    String params =
        "{\"post_process\": \"%s\", \"use_udp\": %s, \"target_type\": \"%s\", \"modulate_kernel\": %d}"
            .formatted(
                kinds[random.nextInt(4)],
                random.nextBoolean(),
                random.nextBoolean() ? "GaussianHeatmap" : "CombinedTarget",
                1 + 2 * random.nextInt(8));
    Points.survive(HEAD, params, random, "output");
  }

  @Test
  void shouldReuseItsMemory() {
    Tensor maps = maps(17);
    bump(maps, 3, 5, 5, 2);
    var unbiased = head(HEAD, "{\"post_process\": \"unbiased\"}");
    var outputs = HeadTests.outputs(Map.of("output", maps));
    assertThat(
            HeadTests.allocatedPerCall(
                () -> unbiased.decode(outputs, 0, META, HeadOptions.DEFAULT)))
        .isLessThan(4000);
  }
}
