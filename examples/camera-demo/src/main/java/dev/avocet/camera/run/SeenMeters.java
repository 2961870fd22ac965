package dev.avocet.camera.run;

import dev.avocet.camera.seen.Found;
import dev.avocet.camera.seen.Observation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a source sees and counts, as meters, which come with the first object of a label and with a
 * line or zone, and go with the model, the line or the zone. Thread safe.
 */
final class SeenMeters implements AutoCloseable {
  /** Labels of one model; no dashboard wants more, and each is kept for ever by whoever scrapes. */
  private static final int MOST_LABELS = 100;

  private final MeterRegistry registry;
  private final BooleanSupplier live;
  private final Map<String, Meter> labels = new HashMap<>();
  private Map<Place, Set<Meter>> places = new HashMap<>();
  private volatile Observation last;
  private boolean closed;

  /** A line, or a zone. */
  private record Place(String name, boolean zone) {}

  /**
   * Nothing was seen yet.
   *
   * @param live whether the source gives frames; one that does not sees nothing
   */
  SeenMeters(MeterRegistry registry, BooleanSupplier live) {
    this.registry = registry;
    this.live = live;
  }

  synchronized void seen(Observation observation) {
    if (closed) {
      return;
    }
    if (last != null && !last.model().equals(observation.model())) {
      labels.values().forEach(registry::remove);
      labels.clear();
    }
    last = observation;
    for (Found found : observation.found()) {
      if (labels.size() < MOST_LABELS) {
        labels.computeIfAbsent(found.label(), this::objects);
      }
    }
    Map<Place, Set<Meter>> kept = new HashMap<>();
    observation
        .counts()
        .forEach(
            (name, counts) -> {
              Place place = new Place(name, counts.containsKey("inside"));
              Set<Meter> own = places.remove(place);
              kept.put(place, own == null ? meters(place) : own);
            });
    places.values().forEach(gone -> gone.forEach(registry::remove));
    places = kept;
  }

  private Meter objects(String label) {
    return Gauge.builder("avocet.camera.objects", this, meters -> meters.objectsOf(label))
        .tags("source", last.source(), "label", label)
        .register(registry);
  }

  private double objectsOf(String label) {
    Observation now = last;
    return live.getAsBoolean()
        ? now.found().stream().filter(found -> found.label().equals(label)).count()
        : 0;
  }

  private Set<Meter> meters(Place place) {
    String name = place.name;
    if (place.zone) {
      Tags tags = Tags.of("source", last.source(), "zone", name);
      return Set.of(
          Gauge.builder("avocet.camera.zone.inside", this, m -> m.count(name, "inside"))
              .tags(tags)
              .register(registry),
          FunctionCounter.builder("avocet.camera.zone.entered", this, m -> m.count(name, "entered"))
              .tags(tags)
              .register(registry));
    }
    return Set.of(crossings(name, "in"), crossings(name, "out"));
  }

  private Meter crossings(String line, String direction) {
    return FunctionCounter.builder(
            "avocet.camera.crossings", this, meters -> meters.count(line, direction))
        .tags("source", last.source(), "line", line, "direction", direction)
        .register(registry);
  }

  private double count(String name, String what) {
    return last.counts().getOrDefault(name, Map.of()).getOrDefault(what, 0L);
  }

  @Override
  public synchronized void close() {
    closed = true;
    labels.values().forEach(registry::remove);
    places.values().forEach(meters -> meters.forEach(registry::remove));
  }
}
