package dev.avocet.cli;

import dev.avocet.Stats;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured on one device.
 *
 * @param engine the engine's own description
 * @param stats of the handle
 * @param wholeCall calls of the handle
 * @param engineAlone runs of its engine alone
 * @param ratios whole call ÷ engine alone, one an alternation, of the medians of the two blocks
 * @param blocks median of the whole calls in milliseconds, one an alternation
 * @param block calls in a block
 * @param callsPerSecond of all callers together
 * @param watts of the board meanwhile, where it tells
 * @param heapBytesPerCall Java heap that a call allocates
 */
record BenchResult(
    String engine,
    Stats stats,
    Samples wholeCall,
    Samples engineAlone,
    List<Double> ratios,
    List<Double> blocks,
    int block,
    double callsPerSecond,
    OptionalDouble watts,
    double heapBytesPerCall) {
  /** Performance per watt: calls that all callers together make for a joule. */
  OptionalDouble callsPerJoule() {
    return watts.isPresent()
        ? OptionalDouble.of(callsPerSecond / watts.getAsDouble())
        : OptionalDouble.empty();
  }

  double ratio(double q) {
    return quantile(ratios, q);
  }

  /** Whole call ÷ that of another device in the same alternations, the median of the quotients. */
  double relativeTo(BenchResult other) {
    double[] quotients = new double[blocks.size()];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = blocks.get(i) / other.blocks.get(i);
    }
    return Samples.quantile(quotients, 0.5);
  }

  private static double quantile(List<Double> values, double q) {
    return Samples.quantile(values.stream().mapToDouble(v -> v).toArray(), q);
  }
}
