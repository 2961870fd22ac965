package dev.avocet.media;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The pictures that a {@link ClipRecorder} holds: the last seconds in a ring and, of clips, what
 * waits to be written; both together within the bytes of the parameters. Thread safe; nothing but
 * {@link #take} waits.
 */
final class ClipBuffer {
  /**
   * A picture of a clip; without a picture, the clip's end.
   *
   * @param dropped at the end, how many pictures were left out of the clip
   */
  record Shot(double millis, Optional<byte[]> jpeg, long dropped) {
    long bytes() {
      return jpeg.map(j -> j.length).orElse(0);
    }
  }

  /** How long a source may pause in a clip, beyond what is kept after a trigger. */
  private static final double PAUSE_SECONDS = 5;

  private final ClipRecorder.Params params;

  // All guarded by this.
  private final Deque<Shot> ring = new ArrayDeque<>();
  private final Deque<Shot> waiting = new ArrayDeque<>();
  private long bytes;
  private double last = Double.NEGATIVE_INFINITY;
  private long lastNanos;
  private boolean recording;

  /** Begins with the next picture. */
  private boolean armed;

  /** When the clip ends, if there is no trigger any more; NaN where a picture has to say. */
  private double until = Double.NaN;

  /** When the file ends. */
  private double limit;

  private long dropped;
  private long droppedOfClip;
  private boolean closed;

  ClipBuffer(ClipRecorder.Params params) {
    this.params = params;
  }

  /** Takes the next picture; one that is not later than the one before begins anew. */
  synchronized void add(double millis, byte[] jpeg) {
    if (closed) {
      return;
    }
    if (millis <= last) {
      end();
      clearRing();
    }
    last = millis;
    lastNanos = System.nanoTime();
    if (recording && millis > Math.min(until, limit)) {
      end();
      // A file that is long enough is followed by the next, without a gap.
      armed = millis <= until;
    }
    Shot shot = new Shot(millis, Optional.of(jpeg), 0);
    if (recording) {
      addToClip(shot);
      return;
    }
    addToRing(shot);
    if (armed && !ring.isEmpty()) {
      begin();
    }
  }

  private void addToClip(Shot shot) {
    if (bytes + shot.bytes() > params.mostBytes()) {
      dropped++;
      droppedOfClip++;
      return;
    }
    bytes += shot.bytes();
    waiting.add(shot);
    notifyAll();
  }

  private void addToRing(Shot shot) {
    ring.add(shot);
    bytes += shot.bytes();
    double oldest = last - params.beforeSeconds() * 1000;
    // The newest stays where it can, so that an event has its own picture.
    while (ring.size() > 1 && (ring.element().millis() < oldest || bytes > params.mostBytes())) {
      bytes -= ring.remove().bytes();
    }
    if (bytes > params.mostBytes()) {
      clearRing();
    }
  }

  private void clearRing() {
    while (!ring.isEmpty()) {
      bytes -= ring.remove().bytes();
    }
  }

  /** Something has happened in the picture added last. */
  synchronized void trigger() {
    if (closed) {
      return;
    }
    if (!recording && ring.isEmpty()) {
      armed = true;
      until = Double.NaN;
      return;
    }
    until = last + params.afterSeconds() * 1000;
    if (!recording) {
      begin();
    }
  }

  private void begin() {
    recording = true;
    armed = false;
    droppedOfClip = 0;
    if (Double.isNaN(until)) {
      until = last + params.afterSeconds() * 1000;
    }
    limit = ring.element().millis() + params.mostSeconds() * 1000;
    waiting.addAll(ring);
    ring.clear();
    notifyAll();
  }

  private void end() {
    armed = false;
    if (recording) {
      recording = false;
      waiting.add(new Shot(last, Optional.empty(), droppedOfClip));
      notifyAll();
    }
  }

  /**
   * The next picture of a clip, or its end; waits for it. Ends a clip whose source is silent.
   *
   * @return empty once this is closed and everything has been taken
   */
  synchronized Optional<Shot> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      if (!recording) {
        wait();
        continue;
      }
      double pause = (params.afterSeconds() + PAUSE_SECONDS) * 1e9;
      long left = lastNanos + (long) pause - System.nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } else {
        end();
      }
    }
    Optional<Shot> shot = Optional.ofNullable(waiting.poll());
    shot.ifPresent(s -> bytes -= s.bytes());
    return shot;
  }

  synchronized boolean recording() {
    return recording;
  }

  /** Pictures that were left out of clips. */
  synchronized long dropped() {
    return dropped;
  }

  /** Bytes of all pictures here. */
  synchronized long bytes() {
    return bytes;
  }

  /** Ends the clip; nothing is added any more, what waits can still be taken. */
  synchronized void close() {
    end();
    clearRing();
    closed = true;
    notifyAll();
  }
}
