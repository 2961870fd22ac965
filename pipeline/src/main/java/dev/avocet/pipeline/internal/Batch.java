package dev.avocet.pipeline.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a slot does for submitted calls: all of them together and, where that fails, those of each
 * future on their own, so that each has its own error. Used by one thread at a time.
 *
 * @param <T> what the head decodes to
 */
final class Batch<T> {
  private final Slot<T> slot;
  private final List<Pending<T, ?, ?>> all;
  private final Deque<List<Pending<T, ?, ?>>> attempts = new ArrayDeque<>();
  private final List<Runnable> completions = new ArrayList<>();

  /** Of the first attempt, or null where it has not begun. */
  private SlotRun<T, Object> run;

  /** Takes these, but for those that are too late or that nobody waits for any more. */
  Batch(Slot<T> slot, List<Pending<T, ?, ?>> all) {
    this.slot = slot;
    this.all = all;
    List<Pending<T, ?, ?>> live = new ArrayList<>();
    for (Pending<T, ?, ?> pending : all) {
      if (pending.expired()) {
        completions.add(() -> pending.fail(pending.tooLate()));
      } else if (!pending.future().isDone()) {
        live.add(pending);
      }
    }
    if (!live.isEmpty()) {
      attempts.add(live);
    }
  }

  Slot<T> slot() {
    return slot;
  }

  /**
   * Goes on until a run of the network is started, which this must not be used before the end of,
   * or until there is no more to do.
   *
   * @param ended called once for a run that was started, from whatever thread, when it has ended;
   *     then this wants to be called again
   * @return whether a run was started
   */
  boolean advance(Runnable ended) {
    while (!attempts.isEmpty()) {
      try {
        if (run == null) {
          run = new SlotRun<>(slot, calls(attempts.element()));
        } else {
          run.decode();
        }
        if (run.prepare()) {
          run.start(ended);
          return true;
        }
        answered();
      } catch (RuntimeException | Error e) {
        failed(e);
      }
    }
    return false;
  }

  private static <T> List<Call<T, Object>> calls(List<Pending<T, ?, ?>> attempt) {
    List<Call<T, Object>> calls = new ArrayList<>();
    for (Pending<T, ?, ?> pending : attempt) {
      @SuppressWarnings("unchecked") // each answer goes back to the future it was made for
      List<Call<T, Object>> some = (List<Call<T, Object>>) (List<?>) pending.calls();
      calls.addAll(some);
    }
    return calls;
  }

  private void answered() {
    int from = 0;
    for (Pending<T, ?, ?> each : attempts.remove()) {
      @SuppressWarnings("unchecked") // as above
      Pending<T, Object, ?> pending = (Pending<T, Object, ?>) each;
      List<Object> own = run.answers().subList(from, from + pending.calls().size());
      completions.add(() -> pending.complete(own));
      from += own.size();
    }
    run = null;
  }

  private void failed(Throwable e) {
    if (run != null) {
      run.discard();
      run = null;
    }
    List<Pending<T, ?, ?>> attempt = attempts.remove();
    for (Pending<T, ?, ?> pending : attempt) {
      if (attempt.size() > 1) {
        attempts.add(List.of(pending));
      } else {
        completions.add(() -> pending.fail(e));
      }
    }
  }

  /** Lets go of the pictures and completes the futures; to be called with the slot given back. */
  void finish() {
    all.forEach(pending -> pending.release().run());
    completions.forEach(Runnable::run);
  }
}
