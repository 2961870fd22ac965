package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Submitted calls that one future answers.
 *
 * @param calls one or several; the first one's deadline is that of all
 * @param join makes the future's answer of those of the calls
 * @param release run once when the calls' pictures are not needed any more
 * @param submitted when, by {@link System#nanoTime}
 * @param waiting since then, for JFR
 * @param <T> what the head decodes to
 * @param <A> answer of a call
 * @param <R> answer of the future
 */
record Pending<T, A, R>(
    List<Call<T, A>> calls,
    Function<List<A>, R> join,
    Runnable release,
    CompletableFuture<R> future,
    long submitted,
    Span waiting) {
  private Optional<Duration> deadline() {
    return calls.get(0).deadline();
  }

  boolean expired() {
    return deadline().isPresent() && System.nanoTime() - submitted > deadline().get().toNanos();
  }

  AvocetException tooLate() {
    return new AvocetException(
        Status.DEADLINE,
        "deadline=%s passed while the call waited in the queue"
            .formatted(deadline().orElseThrow()));
  }

  void fail(Throwable e) {
    future.completeExceptionally(e);
  }

  void complete(List<A> answers) {
    if (!future.complete(join.apply(answers))) {
      answers.forEach(Closing::discard);
    }
  }
}
