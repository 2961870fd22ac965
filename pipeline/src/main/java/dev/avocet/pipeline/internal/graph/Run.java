package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.graph.PipelineModule.Owner;
import dev.avocet.pipeline.internal.Closing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call of a pipeline: what it owns, how much of it is under way, and its first failure. It ends
 * when nothing is under way any more, also after a failure, since until then its pictures are read.
 * Thread safe.
 */
final class Run implements Owner {
  private final AtomicInteger underWay = new AtomicInteger(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final Runnable ended;

  /** A run with its start under way; {@code ended} is called once. */
  Run(Runnable ended) {
    this.ended = ended;
  }

  void enter() {
    underWay.incrementAndGet();
  }

  void leave() {
    if (underWay.decrementAndGet() == 0) {
      ended.run();
    }
  }

  /** Keeps the first failure. */
  void fail(Throwable e) {
    failure.compareAndSet(null, e);
  }

  /** Null as long as all is well. */
  Throwable failure() {
    return failure.get();
  }

  /** The failure, with the path of the node that it happened in. */
  static Throwable at(String where, Throwable e) {
    if (e instanceof AvocetException known) {
      return new AvocetException(known.status(), where + ": " + known.getMessage(), known);
    }
    return e instanceof RuntimeException
        ? new AvocetException(Status.FAIL, where + ": " + e, e)
        : e;
  }

  @Override
  public <C extends AutoCloseable> C own(C resource) {
    synchronized (owned) {
      owned.add(resource);
    }
    return resource;
  }

  /** What was made on the way. */
  List<AutoCloseable> owned() {
    synchronized (owned) {
      return List.copyOf(owned);
    }
  }

  void closeOwned() {
    Closing.all(owned());
  }
}
