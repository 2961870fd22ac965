package dev.avocet.camera.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.metrics.BoardMeters;
import dev.avocet.metrics.Fresh;
import dev.avocet.metrics.HandleMeters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What the application does, as meters; docs/observability.md lists them. Takes observations, for
 * the meters of what is seen come and go with labels, lines and zones. Thread safe.
 */
public final class CameraMeters implements MeterBinder, Observer, AutoCloseable {
  private static final String PREFIX = "avocet.camera.";
  private final CameraService service;
  private final Fresh<ObjectNode> stats;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, SeenMeters> seen = new TreeMap<>();

  /** Guarded by this. */
  private MeterRegistry registry;

  private HandleMeters model;
  private String modelName = "";

  /** Of a service that runs; its publishers and clips have been added to it. */
  public CameraMeters(CameraService service) {
    this.service = service;
    this.stats = new Fresh<>(service::stats);
  }

  /** Registers the meters, once; those of the JVM and the board with them. */
  @Override
  public synchronized void bindTo(MeterRegistry to) {
    registry = to;
    new BoardMeters().bindTo(to);
    new JvmMemoryMetrics().bindTo(to);
    new JvmThreadMetrics().bindTo(to);
    new ProcessorMetrics().bindTo(to);
    new FileDescriptorMetrics().bindTo(to);
    new UptimeMetrics().bindTo(to);
    collections.bindTo(to);
    for (String source : service.sources()) {
      seen.put(source, new SeenMeters(to, () -> live(source)));
      counter("frames", Tags.of("source", source), m -> m.service.summary(source).frames());
      counter("dropped", Tags.of("source", source), m -> m.service.summary(source).dropped());
      counter("failed", Tags.of("source", source), m -> m.service.summary(source).failed());
      counter("reopened", Tags.of("source", source), m -> m.service.summary(source).reopened());
      gauge("live", Tags.of("source", source), m -> m.live(source) ? 1 : 0);
    }
    for (JsonNode publisher : stats.get().path("publishers")) {
      String name = publisher.path("name").asText();
      counter("published", Tags.of("publisher", name), m -> m.published(name, "published"));
      counter("publish.dropped", Tags.of("publisher", name), m -> m.published(name, "dropped"));
      counter("publish.failed", Tags.of("publisher", name), m -> m.published(name, "failed"));
    }
    gauge("clips.bytes", Tags.empty(), m -> m.stats.get().path("clips").path("bytes").asDouble());
    gauge(
        "resident.bytes",
        Tags.empty(),
        m -> m.stats.get().path("process").path("resident_bytes").asDouble(Double.NaN));
    bindModel("");
    service.add(this);
  }

  private boolean live(String source) {
    return service.summary(source).condition() == CameraState.Condition.LIVE;
  }

  private double published(String publisher, String field) {
    for (JsonNode one : stats.get().path("publishers")) {
      if (one.path("name").asText().equals(publisher)) {
        return one.path(field).asDouble();
      }
    }
    return 0;
  }

  private void counter(String name, Tags tags, ToDoubleFunction<CameraMeters> value) {
    FunctionCounter.builder(PREFIX + name, this, value).tags(tags).register(registry);
  }

  private void gauge(String name, Tags tags, ToDoubleFunction<CameraMeters> value) {
    Gauge.builder(PREFIX + name, this, value).tags(tags).register(registry);
  }

  @Override
  public boolean wantsPictures(String source) {
    return false;
  }

  @Override
  public void seen(Observation observation) {
    synchronized (this) {
      if (!observation.model().equals(modelName)) {
        bindModel(observation.model());
      }
    }
    seen.get(observation.source()).seen(observation);
  }

  /** The networks of the model that is in use now, in place of those of the one before. */
  private synchronized void bindModel(String name) {
    if (model != null) {
      model.close();
    }
    modelName = name;
    model = new HandleMeters(service::modelStats, Tags.empty());
    model.bindTo(registry);
  }

  /** Takes no observations any more; the registry is to be closed, too. */
  @Override
  public synchronized void close() {
    service.remove(this);
    collections.close();
    model.close();
    seen.values().forEach(SeenMeters::close);
  }
}
