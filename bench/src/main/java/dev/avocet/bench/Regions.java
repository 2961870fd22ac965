package dev.avocet.bench;

import dev.avocet.Answer;
import dev.avocet.Pipeline;
import dev.avocet.Stats;
import dev.avocet.core.Image;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times a pipeline whose second network looks at regions: in batches, and one by one, a block of
 * calls of one beside a block of the other. Arguments: pipeline, picture, regions in a batch,
 * alternations, calls a block.
 */
public final class Regions {
  private Regions() {}

  /** Runs the pairs and prints what they gave. */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    int batch = Integer.parseInt(args[2]);
    int rounds = Integer.parseInt(args[3]);
    int calls = Integer.parseInt(args[4]);
    try (Pipeline together = Pipeline.builder(file).maxBatch(batch).open();
        Pipeline alone = Pipeline.builder(file).maxBatch(1).open();
        Image image = Image.read(Path.of(args[1]))) {
      int regions = regions(together, image);
      block(together, image, calls);
      block(alone, image, calls);
      double[] ratios = new double[rounds];
      double[] batched = new double[rounds];
      double[] single = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        // Who goes first changes, so that neither always follows the other's cache and clock.
        boolean first = i % 2 == 0;
        batched[i] = first ? block(together, image, calls) : 0;
        single[i] = block(alone, image, calls);
        batched[i] = first ? batched[i] : block(together, image, calls);
        ratios[i] = single[i] / batched[i];
      }
      System.out.printf(
          Locale.ROOT,
          "%s regions=%d batch=%d alternations=%d calls=%d batched_ms=%.2f one_by_one_ms=%.2f"
              + " speedup_median=%.2f lower_quartile=%.2f upper_quartile=%.2f%n",
          file.getFileName(),
          regions,
          batch,
          rounds,
          calls,
          quantile(batched, 0.5),
          quantile(single, 0.5),
          quantile(ratios, 0.5),
          quantile(ratios, 0.25),
          quantile(ratios, 0.75));
      together.stats().forEach((path, stats) -> print("batched", path, stats));
      alone.stats().forEach((path, stats) -> print("one by one", path, stats));
    }
  }

  private static void print(String how, String path, Stats stats) {
    Stats.Stage net =
        stats.stages().stream().filter(s -> s.name().equals("net")).findFirst().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "  %-10s %s: net %d times, p50 %.2f ms%n",
        how,
        path.substring(path.lastIndexOf("-> ") + 1).strip(),
        net.count(),
        net.p50().toNanos() / 1e6);
  }

  private static int regions(Pipeline pipeline, Image image) {
    try (Answer answer = pipeline.run(image)) {
      return answer.first(pipeline.outputs().get(0)).items().size();
    }
  }

  /** Median time of a call, in milliseconds. */
  private static double block(Pipeline pipeline, Image image, int calls) {
    double[] times = new double[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      pipeline.run(image).close();
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    return quantile(times, 0.5);
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(q * (sorted.length - 1))];
  }
}
