package dev.avocet.camera.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to one destination from a thread of its own. What waits is bounded in number and
 * bytes; when it is full the oldest is dropped and counted. A destination in trouble is tried again
 * after 0.5 s, 1 s, … 30 s. Safe from any thread; never blocks but in {@link #close}.
 */
final class Publisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** Most messages that wait, beside the few that are being delivered. */
  static final int MOST_MESSAGES = 1024;

  private static final long MOST_BYTES = 32L << 20;

  /** Messages that a destination is given at once. */
  static final int BATCH = 16;

  /** How long a destination is left alone where there is nothing to deliver. */
  private static final long IDLE_MILLIS = 1000;

  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final long CLOSING_WAIT_MILLIS = 100;

  /** What a destination may take beyond the time to flush, to end what it is at. */
  private static final long END_MILLIS = 3000;

  private enum State {
    STARTING,
    OK,
    TROUBLE,
    CLOSED
  }

  private final Destination destination;
  private final boolean eventsOnly;
  private final Thread thread;

  // Guarded by this.
  private final ArrayDeque<Message> queue = new ArrayDeque<>();
  private long bytes;
  private long published;
  private long dropped;
  private long failed;
  private State state = State.STARTING;
  private String trouble = "";
  private boolean closing;
  private long deadline;

  /**
   * Starts the thread.
   *
   * @param destination is closed by this
   * @param eventsOnly whether messages without events are left out
   */
  Publisher(Destination destination, boolean eventsOnly) {
    this.destination = destination;
    this.eventsOnly = eventsOnly;
    thread = new Thread(this::run, "avocet-publish-" + destination.name());
    thread.setDaemon(true);
    thread.start();
  }

  boolean eventsOnly() {
    return eventsOnly;
  }

  /** Takes a message, at the price of the oldest where there is no room. */
  synchronized void offer(Message message) {
    int length = message.json().length;
    if (closing || length > MOST_BYTES) {
      dropped++;
      return;
    }
    while (queue.size() >= MOST_MESSAGES || bytes + length > MOST_BYTES) {
      bytes -= queue.remove().json().length;
      dropped++;
    }
    queue.add(message);
    bytes += length;
    notifyAll();
  }

  private void run() {
    List<Message> batch = new ArrayList<>();
    try (destination) {
      int troubles = 0;
      while (fill(batch)) {
        Outcome outcome = attempt(batch);
        batch.subList(0, outcome.delivered() + outcome.refused()).clear();
        note(outcome);
        troubles = outcome.trouble().isEmpty() ? 0 : troubles + 1;
        if (troubles > 0) {
          rest(backOff(troubles, outcome.pause()));
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: ended while it waited", destination.name());
    } finally {
      ended(batch.size());
    }
  }

  private Outcome attempt(List<Message> batch) {
    try {
      return destination.publish(List.copyOf(batch));
    } catch (RuntimeException e) {
      // A fault of ours; one bad message is not to end the results of weeks, nor to come again.
      LOG.error("{}: unexpected failure", destination.name(), e);
      return new Outcome(0, Math.min(1, batch.size()), "unexpected failure: " + e, Duration.ZERO);
    }
  }

  /**
   * Waits for messages, or until the destination wants to be looked after.
   *
   * @param batch what is being delivered; filled up
   * @return whether to go on
   */
  private synchronized boolean fill(List<Message> batch) throws InterruptedException {
    long idle = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
    boolean first = state == State.STARTING;
    while (batch.isEmpty() && queue.isEmpty() && !closing && !first) {
      long left = idle - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    boolean nothing = batch.isEmpty() && queue.isEmpty();
    if (closing && (nothing || System.nanoTime() - deadline >= 0)) {
      return false;
    }
    while (batch.size() < BATCH && !queue.isEmpty()) {
      Message next = queue.remove();
      bytes -= next.json().length;
      batch.add(next);
    }
    return true;
  }

  private void note(Outcome outcome) {
    String now = outcome.trouble();
    boolean changed;
    synchronized (this) {
      published += outcome.delivered();
      failed += outcome.refused();
      State next = now.isEmpty() ? State.OK : State.TROUBLE;
      changed = state != next;
      state = next;
      trouble = now;
    }
    if (changed && now.isEmpty()) {
      LOG.info("{}: results are being published", destination.name());
    } else if (changed) {
      LOG.warn("{}: {}", destination.name(), now);
    }
  }

  private static long backOff(int troubles, Duration pause) {
    long millis = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(troubles - 1, 10));
    // Boxes that lost the same server at once do not come back at once.
    millis -= ThreadLocalRandom.current().nextLong(millis / 5);
    return Math.max(millis, pause.toMillis());
  }

  private synchronized void rest(long millis) throws InterruptedException {
    boolean late = closing;
    // While it is being closed there is no time to be polite.
    long wait = late ? Math.min(millis, CLOSING_WAIT_MILLIS) : millis;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
    for (long left = end - System.nanoTime();
        left > 0 && closing == late;
        left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized void ended(int inHand) {
    closing = true;
    dropped += queue.size() + inHand;
    queue.clear();
    bytes = 0;
    state = State.CLOSED;
  }

  /** Figures as docs/results.md has them; a new object. */
  synchronized void describe(ObjectNode json) {
    json.put("name", destination.name())
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("published", published)
        .put("dropped", dropped)
        .put("failed", failed)
        .put("message", trouble);
  }

  /** Lets the thread deliver what waits, for so long at most; returns at once. */
  synchronized void flushFor(Duration time) {
    if (!closing) {
      closing = true;
      deadline = System.nanoTime() + time.toNanos();
      notifyAll();
    }
  }

  /** Waits until what waits is delivered, or the time for it is over. */
  @Override
  public void close() {
    flushFor(Duration.ZERO);
    try {
      long left;
      synchronized (this) {
        left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      }
      thread.join(Math.max(0, left) + END_MILLIS);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(END_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
