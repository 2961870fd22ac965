package dev.avocet.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Against trying all assignments. */
@Tag("engineless")
class AssignmentTest {
  private static double tryAll(double[][] weights, int row, boolean[] taken) {
    if (row == weights.length) {
      return 0;
    }
    double best = tryAll(weights, row + 1, taken);
    for (int j = 0; j < taken.length; j++) {
      if (!taken[j] && weights[row][j] > 0) {
        taken[j] = true;
        best = Math.max(best, weights[row][j] + tryAll(weights, row + 1, taken));
        taken[j] = false;
      }
    }
    return best;
  }

  /** The sum of the weights, after a check that each column is there once. */
  private static double sum(double[][] weights, int[] columnOf) {
    assertThat(columnOf).hasSize(weights.length);
    assertThat(Arrays.stream(columnOf).filter(j -> j >= 0)).doesNotHaveDuplicates();
    double sum = 0;
    for (int i = 0; i < columnOf.length; i++) {
      if (columnOf[i] >= 0) {
        assertThat(weights[i][columnOf[i]]).isPositive();
        sum += weights[i][columnOf[i]];
      }
    }
    return sum;
  }

  @Property
  void shouldBeAsGoodAsTheBestOfAll(
      @ForAll @IntRange(max = 6) int rows,
      @ForAll @IntRange(max = 6) int columns,
      @ForAll @IntRange(min = 1, max = 20) int values,
      @ForAll long seed) {
    Random random = new Random(seed);
    double[][] weights = new double[rows][columns];
    for (double[] row : weights) {
      // Few values, so that many are equal; some are not positive.
      Arrays.setAll(row, j -> (random.nextInt(values + 3) - 3) / 7.);
    }
    assertThat(sum(weights, Assignment.best(weights)))
        .isCloseTo(tryAll(weights, 0, new boolean[columns]), within(1e-9));
  }

  @Example
  void shouldTakeTheSmallerWhereThatIsTheMostInAll() {
    assertThat(Assignment.best(new double[][] {{.9, .8}, {.8, 0}})).containsExactly(1, 0);
  }

  @Example
  void shouldLeaveOutWhatIsOfNoWorth() {
    assertThat(Assignment.best(new double[][] {{-1, 0, .1}, {0, -2, 0}})).containsExactly(2, -1);
  }

  @Example
  void shouldFindAHiddenAssignmentOfMany() {
    Random random = new Random(5);
    int n = 300;
    double[][] weights = new double[n][n + 100];
    for (double[] row : weights) {
      Arrays.setAll(row, j -> random.nextDouble());
    }
    int[] hidden = random.ints(0, n + 100).distinct().limit(n).toArray();
    for (int i = 0; i < n; i++) {
      weights[i][hidden[i]] += 1;
    }
    assertThat(Assignment.best(weights)).containsExactly(hidden);
  }
}
