package dev.avocet.cli;

import com.sun.management.ThreadMXBean;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times a handle beside its engine alone: blocks of calls of the one and of the other alternate, so
 * that both meet the same states of the machine.
 */
final class Bench {
  private static final int MOST_CALLS_A_BLOCK = 10;
  private static final double BLOCK_SECONDS = 0.2;
  private static final int LEAST_ALTERNATIONS = 15;

  /** What was measured. */
  record Result(
      String engine,
      Stats stats,
      Samples wholeCall,
      Samples engineAlone,
      List<Double> ratios,
      int block,
      double callsPerSecond,
      double heapBytesPerCall) {
    double ratio(double q) {
      return Samples.quantile(ratios.stream().mapToDouble(r -> r).toArray(), q);
    }
  }

  private final Model model;
  private final Image picture;
  private final ModelOptions options;
  private final int concurrency;
  private final double seconds;

  Bench(Model model, Image picture, ModelOptions options, int concurrency, double seconds) {
    this.model = model;
    this.picture = picture;
    this.options = options;
    this.concurrency = concurrency;
    this.seconds = seconds;
  }

  Result run() {
    int block;
    try (BenchSubject warm = BenchSubject.open(model, options, 1)) {
      block = warmUp(warm);
    }
    // A handle of its own for the measurement, so that its figures hold no call of the warm-up.
    try (BenchSubject subject = BenchSubject.open(model, options, concurrency);
        EngineAlone engine =
            CommandFailure.orExit(
                CommandFailure.MODEL, () -> EngineAlone.open(model, picture, options))) {
      Samples wholeCall = new Samples();
      Samples engineAlone = new Samples();
      List<Double> ratios = new ArrayList<>();
      long heap = 0;
      long end = System.nanoTime() + (long) (seconds * 0.75e9);
      while (ratios.size() < LEAST_ALTERNATIONS || System.nanoTime() < end) {
        int from = wholeCall.size();
        boolean engineFirst = ratios.size() % 2 == 0;
        if (engineFirst) {
          time(engine::run, block, engineAlone);
        }
        long before = allocatedBytes();
        time(() -> subject.call().accept(picture), block, wholeCall);
        heap += allocatedBytes() - before;
        if (!engineFirst) {
          time(engine::run, block, engineAlone);
        }
        ratios.add(wholeCall.millis(from, 0.5) / engineAlone.millis(from, 0.5));
      }
      Stats stats = subject.stats().get();
      return new Result(
          engine.description(),
          stats,
          wholeCall,
          engineAlone,
          ratios,
          block,
          throughput(subject),
          (double) heap / wholeCall.size());
    }
  }

  /** Calls the handle until the compiler is done with it; answers how many calls make a block. */
  private int warmUp(BenchSubject subject) {
    long end = System.nanoTime() + (long) (seconds * 0.2e9);
    int calls = 0;
    long start = System.nanoTime();
    do {
      subject.call().accept(picture);
      calls++;
    } while (System.nanoTime() < end);
    double perCall = (System.nanoTime() - start) / 1e9 / calls;
    return (int) Math.max(1, Math.min(MOST_CALLS_A_BLOCK, BLOCK_SECONDS / perCall));
  }

  private static void time(Runnable call, int calls, Samples into) {
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      call.run();
      into.add(System.nanoTime() - start);
    }
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Calls a second of all callers together, for a quarter of the time. */
  private double throughput(BenchSubject subject) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 0.25e9);
    Callable<Long> caller =
        () -> {
          long calls = 0;
          do {
            subject.call().accept(picture);
            calls++;
          } while (System.nanoTime() < end);
          return calls;
        };
    ExecutorService callers = Executors.newFixedThreadPool(concurrency);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < concurrency; i++) {
        counts.add(callers.submit(caller));
      }
      long calls = 0;
      for (Future<Long> count : counts) {
        calls += count.get();
      }
      return calls / ((System.nanoTime() - start) / 1e9);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AvocetException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.RUNNING, "interrupted", e);
    } finally {
      callers.shutdownNow();
    }
  }
}
