package dev.avocet.pipeline.internal;

import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What every handle is made of: a compiled model, its slots, and the ways to call them. Thread
 * safe.
 *
 * @param <T> what the head decodes to
 */
public final class Runner<T> implements AutoCloseable {
  private final CompiledModel model;
  private final SlotPool<T> pool;
  private final Submissions<T> submissions;
  private final StageTimes times;
  private final boolean takesBox;

  private Runner(
      CompiledModel model,
      List<Slot<T>> slots,
      Submissions.Limits limits,
      StageTimes times,
      String name) {
    this.model = model;
    this.times = times;
    this.takesBox = slots.get(0).takesBox();
    this.pool = new SlotPool<>(slots);
    int threads = model.net().asynchronous() ? 1 : slots.size();
    this.submissions = new Submissions<>(pool, limits, threads, name, model.network());
  }

  /**
   * Compiles a model and allocates its slots.
   *
   * @param result what the model's head has to decode to
   * @param clips whether the network has to take clips of frames, instead of pictures
   * @param handle name of the handle, for messages and threads
   * @throws AvocetException as {@link dev.avocet.HandleBuilder#open}
   */
  public static <T> Runner<T> open(
      Model model, HandleOptions options, Class<T> result, boolean clips, String handle) {
    CompiledModel compiled = CompiledModel.open(model, options, result, clips, handle);
    Runner<T> runner =
        open(compiled, options, options.queueCapacity(), handle.toLowerCase(Locale.ROOT));
    model.logUnreadKeys();
    return runner;
  }

  /**
   * Compiles one network of a pipeline. Its queue takes whatever comes: the pipeline bounds what
   * goes in.
   *
   * @throws AvocetException as {@link dev.avocet.HandleBuilder#open}
   */
  public static Runner<UnitAnswer> open(NetworkUnit unit, HandleOptions options) {
    return open(
        CompiledModel.open(unit, options), options, Integer.MAX_VALUE, unit.network().name());
  }

  private static <T> Runner<T> open(
      CompiledModel compiled, HandleOptions options, int capacity, String name) {
    StageTimes times = new StageTimes(compiled.network());
    List<Slot<T>> slots = new ArrayList<>();
    try {
      for (int i = 0; i < options.net().concurrency(); i++) {
        slots.add(new Slot<>(compiled, options.planMode(), times));
      }
    } catch (RuntimeException e) {
      Closing.all(slots);
      compiled.close();
      throw e;
    }
    Submissions.Limits limits =
        new Submissions.Limits(capacity, compiled.maxBatch(), options.batchDelay());
    return new Runner<>(compiled, slots, limits, times, name);
  }

  /** Whether the model's transforms look at a box; else a box has no effect. */
  public boolean takesBox() {
    return takesBox;
  }

  /** Runs one call in the caller's thread. */
  public <R> R run(Call<T, R> call) {
    Slot<T> slot = acquire(call.deadline(), 1);
    try {
      return slot.run(call);
    } finally {
      pool.release(slot);
    }
  }

  /** Runs several calls in the caller's thread; the first call's deadline is that of all. */
  public <R> List<R> runAll(List<Call<T, R>> calls) {
    if (calls.isEmpty()) {
      return List.of();
    }
    Slot<T> slot = acquire(calls.get(0).deadline(), calls.size());
    try {
      return List.copyOf(slot.runAll(calls));
    } finally {
      pool.release(slot);
    }
  }

  private Slot<T> acquire(Optional<Duration> deadline, int pictures) {
    return pool.tryAcquire()
        .orElseGet(
            () -> {
              Span wait = Span.waiting(model.network(), "slot", pictures);
              submissions.settle();
              Slot<T> slot = pool.acquire(deadline);
              wait.commit();
              return slot;
            });
  }

  /** Queues a call. */
  public <R> CompletableFuture<R> submit(Call<T, R> call) {
    return submissions.submit(List.of(call), answers -> answers.get(0), () -> {});
  }

  /**
   * Queues several calls as one, with one future; the first call's deadline is that of all.
   *
   * @param release run once when the pictures are not needed any more, whatever becomes of the
   *     calls
   */
  public <R> CompletableFuture<List<R>> submitAll(List<Call<T, R>> calls, Runnable release) {
    if (calls.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return submissions.submit(calls, List::copyOf, release);
  }

  /** Most pictures in one run of the network. */
  public int maxBatch() {
    return model.maxBatch();
  }

  /** Runs every slot once on a blank picture, or on clips of it. */
  public synchronized void warmup() {
    List<Slot<T>> taken = new ArrayList<>();
    try (Image blank = Image.copyOf(new byte[640 * 480 * 3], PixelFormat.BGR, 640, 480)) {
      for (int i = 0; i < pool.size(); i++) {
        taken.add(acquire(Optional.empty(), 1));
      }
      for (Slot<T> slot : taken) {
        Call<T, T> call =
            new Call<>(slot.blank(blank), HeadOptions.DEFAULT, Optional.empty(), answer -> answer);
        Closing.discard(slot.run(call));
      }
    } finally {
      taken.forEach(pool::release);
    }
  }

  /**
   * Counts and times so far.
   *
   * @param board what it says now
   */
  public Stats stats(BoardReading board) {
    return times.stats(board);
  }

  /** Waits for the calls in flight and frees everything; later calls do nothing. */
  @Override
  public void close() {
    pool.refuse();
    submissions.close();
    pool.close();
    model.close();
  }
}
