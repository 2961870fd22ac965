package dev.avocet.camera.clips;

import dev.avocet.camera.seen.Happening;
import dev.avocet.camera.seen.Observation;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What has lately happened at one source, until the clip that shows it is whole. Bounded: of very
 * many events the oldest are forgotten. Thread safe.
 */
final class ClipEvents {
  private static final int MOST = 2000;

  /**
   * An event.
   *
   * @param millis on the recorder's clock
   * @param time when it was
   * @param happening what happened; empty where somebody asked for the clip
   */
  record Event(double millis, Instant time, Optional<Happening> happening) {}

  private final Deque<Event> events = new ArrayDeque<>();
  private double millis;
  private Instant time = Instant.EPOCH;

  /** Takes the events of the newest frame, and its times. */
  synchronized void seen(double millis, Observation observation) {
    this.millis = millis;
    time = observation.time();
    observation.happenings().forEach(h -> add(Optional.of(h)));
  }

  /** Somebody has asked for a clip now. */
  synchronized void asked() {
    add(Optional.empty());
  }

  private void add(Optional<Happening> happening) {
    if (events.size() == MOST) {
      events.remove();
    }
    events.add(new Event(millis, time, happening));
  }

  /** When a moment of the recorder's clock was. */
  synchronized Instant timeOf(double then) {
    return time.plusNanos(Math.round((then - millis) * 1e6));
  }

  /** The events in a clip, which are forgotten with all before them. */
  synchronized List<Event> take(double from, double to) {
    List<Event> taken = new ArrayList<>();
    while (!events.isEmpty() && events.element().millis() <= to) {
      Event event = events.remove();
      if (event.millis() >= from) {
        taken.add(event);
      }
    }
    return taken;
  }
}
