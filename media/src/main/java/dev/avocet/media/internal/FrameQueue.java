package dev.avocet.media.internal;

import dev.avocet.core.internal.FlightRecording;
import dev.avocet.media.Frame;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Frames on their way from the thread that decodes to the one that takes them, and the slots that
 * they lie in, which are used again and again. Either every frame passes, and who decodes waits for
 * who takes; or the newest frame takes the place of one that still waits, which is dropped. Safe
 * from any thread.
 *
 * @param <S> what a frame lies in
 */
public final class FrameQueue<S extends FrameQueue.Slot> implements AutoCloseable {
  /** Where one frame stays while it waits and is used. */
  public interface Slot extends AutoCloseable {
    /** The frame is not needed any more; the slot is used for another one. */
    void empty();

    /** The slot is not needed any more. */
    @Override
    void close();
  }

  /** Frames that are decoded ahead. */
  public static final int AHEAD = 4;

  /** Slots in all: those ahead, one that is being filled, and those that are in use outside. */
  public static final int SLOTS = 16;

  private final boolean newestWins;
  private final Supplier<S> maker;
  private final ArrayDeque<S> free = new ArrayDeque<>();
  private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
  private int slots;
  private long dropped;
  private boolean ended;
  private boolean closed;

  /**
   * A queue without frames.
   *
   * @param newestWins whether a frame takes the place of one that waits
   * @param maker of slots
   */
  public FrameQueue(boolean newestWins, Supplier<S> maker) {
    this.newestWins = newestWins;
    this.maker = maker;
  }

  /**
   * An empty slot, to be given to {@link #put} with its frame, or to {@link #release}. Waits until
   * there is room where every frame passes; empty after {@link #close}, and where the newest wins
   * but all slots are in use outside: then the frame is dropped.
   */
  public synchronized Optional<S> acquire() throws InterruptedException {
    while (!newestWins && !closed && (waiting.size() >= AHEAD || full())) {
      wait();
    }
    if (newestWins && full()) {
      dropWaiting();
    }
    if (closed || full()) {
      dropped += closed ? 0 : 1;
      return Optional.empty();
    }
    if (!free.isEmpty()) {
      return Optional.of(free.pop());
    }
    slots++;
    return Optional.of(maker.get());
  }

  private boolean full() {
    return free.isEmpty() && slots == SLOTS;
  }

  /** Adds a frame whose release hook gives its slot back, or one that failed. */
  public synchronized void put(Frame frame) {
    if (closed) {
      frame.close();
      return;
    }
    if (newestWins) {
      dropWaiting();
    }
    waiting.add(frame);
    notifyAll();
  }

  private void dropWaiting() {
    for (int i = waiting.size(); i > 0; i--) {
      Frame frame = waiting.remove();
      if (frame.error().isPresent()) {
        waiting.add(frame);
      } else {
        dropped++;
        tell(frame, true);
        frame.close();
      }
    }
  }

  /** The oldest frame, once there is one; empty at the end and after {@link #close}. */
  public synchronized Optional<Frame> take() throws InterruptedException {
    while (waiting.isEmpty() && !ended && !closed) {
      wait();
    }
    Optional<Frame> frame = Optional.ofNullable(waiting.poll());
    frame.ifPresent(taken -> tell(taken, false));
    notifyAll();
    return frame;
  }

  private static void tell(Frame frame, boolean dropped) {
    if (FlightRecording.on()) {
      FrameEvent.write(frame, dropped);
    }
  }

  /** Gives a slot back. */
  public synchronized void release(S slot) {
    if (closed) {
      slot.close();
    } else {
      slot.empty();
      free.push(slot);
      notifyAll();
    }
  }

  /** Waits until a time of {@link System#nanoTime}; false once this is closed. */
  public synchronized boolean sleepUntil(long time) throws InterruptedException {
    for (long left = time - System.nanoTime();
        left > 0 && !closed;
        left = time - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !closed;
  }

  /** Frames that were passed over. */
  public synchronized long dropped() {
    return dropped;
  }

  /** Whether this is closed. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** No more frames will be put. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Ends all waiting and frees the slots; those in use outside are freed when they come back. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.forEach(Frame::close);
    waiting.clear();
    free.forEach(Slot::close);
    free.clear();
    notifyAll();
  }
}
