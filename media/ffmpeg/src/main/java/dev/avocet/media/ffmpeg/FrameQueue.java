package dev.avocet.media.ffmpeg;

import dev.avocet.media.Frame;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Frames on their way from the thread that decodes to the one that takes them, and the slots that
 * they lie in, which are used again and again. Either every frame passes, and who decodes waits for
 * who takes; or the newest frame takes the place of one that still waits, which is dropped. Safe
 * from any thread.
 */
final class FrameQueue implements AutoCloseable {
  /** Frames that are decoded ahead. */
  static final int AHEAD = 4;

  /** Slots in all: those ahead, one that is being filled, and those that are in use outside. */
  static final int SLOTS = 16;

  private final boolean newestWins;
  private final ArrayDeque<FrameSlot> free = new ArrayDeque<>();
  private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
  private int slots;
  private long dropped;
  private boolean ended;
  private boolean closed;

  FrameQueue(boolean newestWins) {
    this.newestWins = newestWins;
  }

  /**
   * An empty slot, to be given to {@link #put} with its frame, or to {@link #release}. Waits until
   * there is room where every frame passes; empty after {@link #close}, and where the newest wins
   * but all slots are in use outside: then the frame is dropped.
   */
  synchronized Optional<FrameSlot> acquire() throws InterruptedException {
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
    return Optional.of(new FrameSlot());
  }

  private boolean full() {
    return free.isEmpty() && slots == SLOTS;
  }

  /** Adds a frame whose release hook gives its slot back, or one that failed. */
  synchronized void put(Frame frame) {
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
        frame.close();
      }
    }
  }

  /** The oldest frame, once there is one; empty at the end and after {@link #close}. */
  synchronized Optional<Frame> take() throws InterruptedException {
    while (waiting.isEmpty() && !ended && !closed) {
      wait();
    }
    Optional<Frame> frame = Optional.ofNullable(waiting.poll());
    notifyAll();
    return frame;
  }

  /** Gives a slot back. */
  synchronized void release(FrameSlot slot) {
    if (closed) {
      slot.close();
    } else {
      slot.empty();
      free.push(slot);
      notifyAll();
    }
  }

  /** Waits until a time of {@link System#nanoTime}; false once this is closed. */
  synchronized boolean sleepUntil(long time) throws InterruptedException {
    for (long left = time - System.nanoTime();
        left > 0 && !closed;
        left = time - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !closed;
  }

  synchronized long dropped() {
    return dropped;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** No more frames will be put. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Ends all waiting and frees the slots; those in use outside are freed when they come back. */
  @Override
  public synchronized void close() {
    closed = true;
    waiting.forEach(Frame::close);
    waiting.clear();
    free.forEach(FrameSlot::close);
    free.clear();
    notifyAll();
  }
}
