package dev.avocet.cli;

import com.sun.management.ThreadMXBean;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.board.Boards;
import dev.avocet.core.model.Model;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One device in a {@link Bench}: a handle on it, its engine alone, and what they took. */
final class BenchLane implements AutoCloseable {
  private static final int MOST_CALLS_A_BLOCK = 10;
  private static final double MOST_SECONDS_A_BLOCK = 0.2;
  private static final double WARM_UP = 0.2;
  private static final long SAMPLE_MILLIS = 100;

  private final BenchSubject subject;
  private final EngineAlone engine;
  private final Image picture;
  private final int concurrency;
  private final int block;
  private final Samples wholeCall = new Samples();
  private final Samples engineAlone = new Samples();
  private final List<Double> ratios = new ArrayList<>();
  private final List<Double> blocks = new ArrayList<>();
  private final EnergyMeter energy = new EnergyMeter(Boards.here());
  private long heapBytes;
  private long freeCalls;
  private double freeSeconds;

  private BenchLane(
      BenchSubject subject, EngineAlone engine, Image picture, int concurrency, int block) {
    this.subject = subject;
    this.engine = engine;
    this.picture = picture;
    this.concurrency = concurrency;
    this.block = block;
  }

  /**
   * Opens the handle, which is warmed up, and the engine.
   *
   * @param seconds how long to measure, about; a part of it goes by in here
   */
  static BenchLane open(
      Model model, Image picture, ModelOptions options, int concurrency, double seconds) {
    int block;
    try (BenchSubject warm = BenchSubject.open(model, options, 1)) {
      block = warmUp(warm, picture, seconds);
    }
    // A handle of its own for the measurement, so that its figures hold no call of the warm-up.
    BenchSubject subject = BenchSubject.open(model, options, concurrency);
    try {
      EngineAlone engine =
          CommandFailure.orExit(
              CommandFailure.MODEL, () -> EngineAlone.open(model, picture, options));
      return new BenchLane(subject, engine, picture, concurrency, block);
    } catch (RuntimeException e) {
      subject.close();
      throw e;
    }
  }

  /** Calls the handle until the compiler is done with it; answers how many calls make a block. */
  private static int warmUp(BenchSubject subject, Image picture, double seconds) {
    long end = System.nanoTime() + (long) (WARM_UP * seconds * 1e9);
    int calls = 0;
    long start = System.nanoTime();
    do {
      subject.call().accept(picture);
      calls++;
    } while (System.nanoTime() < end);
    double perCall = (System.nanoTime() - start) / 1e9 / calls;
    // Short enough for the least number of alternations to fit into the time.
    double blockSeconds =
        Math.min(MOST_SECONDS_A_BLOCK, Bench.ALTERNATING * seconds / Bench.LEAST_ALTERNATIONS / 2);
    return (int) Math.max(1, Math.min(MOST_CALLS_A_BLOCK, blockSeconds / perCall));
  }

  /** One alternation: a block of calls of the handle, and one of the engine alone. */
  void alternate(boolean engineFirst) {
    int from = wholeCall.size();
    if (engineFirst) {
      time(engine::run, block, engineAlone);
    }
    long before = allocatedBytes();
    time(() -> subject.call().accept(picture), block, wholeCall);
    heapBytes += allocatedBytes() - before;
    if (!engineFirst) {
      time(engine::run, block, engineAlone);
    }
    blocks.add(wholeCall.millis(from, 0.5));
    ratios.add(wholeCall.millis(from, 0.5) / engineAlone.millis(from, 0.5));
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

  /** The figures of the handle itself; asked for before its calls compete. */
  Stats stats() {
    return subject.stats().get();
  }

  /** Lets all callers call at once for some time. */
  void compete(double seconds) {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
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
      energy.start();
      for (Future<Long> count : counts) {
        freeCalls += await(count);
      }
      energy.sample();
      freeSeconds += (System.nanoTime() - start) / 1e9;
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

  /** Waits for a caller, and measures the board's power meanwhile. */
  private long await(Future<Long> count) throws ExecutionException, InterruptedException {
    while (true) {
      try {
        return count.get(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        energy.sample();
      }
    }
  }

  BenchResult result(Stats stats) {
    return new BenchResult(
        engine.description(),
        stats,
        wholeCall,
        engineAlone,
        ratios,
        blocks,
        block,
        freeCalls / freeSeconds,
        energy.watts(),
        (double) heapBytes / wholeCall.size());
  }

  @Override
  public void close() {
    engine.close();
    subject.close();
  }
}
