package dev.avocet.metrics;

import dev.avocet.Pipeline;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a handle's {@code stats()} say, as meters with the tags {@code network} and {@code stage}:
 *
 * <ul>
 *   <li>{@code avocet.stage}: count and total time of the stage's runs; Prometheus has {@code
 *       avocet_stage_seconds_count} and {@code avocet_stage_seconds_sum}
 *   <li>{@code avocet.stage.p50} and {@code avocet.stage.p99}: since the handle was opened, within
 *       1 %
 * </ul>
 *
 * <pre>{@code
 * try (Detector detector = Detector.open(Path.of("models/parcels"));
 *     HandleMeters meters = HandleMeters.of("parcels", detector::stats)) {
 *   meters.bindTo(registry);
 *   …
 * }
 * }</pre>
 *
 * <p>All meters of one scrape show one reading, at most a quarter of a second old. The handle stays
 * the caller's and may be closed first. Thread safe.
 */
public final class HandleMeters implements MeterBinder, AutoCloseable {
  private static final String STAGE = "avocet.stage";
  private final Supplier<Map<String, Stats>> stats;
  private final Tags tags;
  private final List<Runnable> removals = new ArrayList<>();

  /**
   * Meters of several networks.
   *
   * @param stats by name of the network; which networks and stages there are is asked once, by
   *     {@link #bindTo}; one that is gone later shows zeros
   * @param tags of all meters, to tell this handle from others; a registry for Prometheus wants
   *     those of all handles to have the same keys
   */
  public HandleMeters(Supplier<Map<String, Stats>> stats, Iterable<Tag> tags) {
    this.stats = new Fresh<>(stats);
    this.tags = Tags.of(tags);
  }

  /** Meters of a pipeline; its networks are named by the paths of their nodes in the JSON. */
  public static HandleMeters of(Pipeline pipeline) {
    return new HandleMeters(pipeline::stats, Tags.empty());
  }

  /**
   * Meters of any other handle.
   *
   * @param network what to call it
   * @param stats the handle's {@code stats} method
   */
  public static HandleMeters of(String network, Supplier<Stats> stats) {
    return new HandleMeters(() -> Map.of(network, stats.get()), Tags.empty());
  }

  /**
   * Registers the meters.
   *
   * @throws AvocetException INVALID_ARG where the registry has such of another handle
   */
  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    stats
        .get()
        .forEach(
            (network, those) -> {
              for (Stats.Stage stage : those.stages()) {
                bind(registry, network, stage.name());
              }
            });
  }

  private void bind(MeterRegistry registry, String network, String stage) {
    Tags own = tags.and("network", network, "stage", stage);
    if (registry.find(STAGE).tags(own).meter() != null) {
      // Micrometer would go on with the meter of the other handle.
      throw AvocetException.invalidArgument(
          "the registry has meters with the tags %s: close their HandleMeters, or give tags"
              .formatted(own));
    }
    Function<HandleMeters, Stats.Stage> now = meters -> meters.stage(network, stage);
    keep(
        registry,
        FunctionTimer.builder(
                STAGE,
                this,
                meters -> now.apply(meters).count(),
                meters -> now.apply(meters).total().toNanos(),
                TimeUnit.NANOSECONDS)
            .tags(own)
            .description("Runs of a stage of a network")
            .register(registry));
    keep(registry, quantile(registry, "p50", own, now.andThen(Stats.Stage::p50)));
    keep(registry, quantile(registry, "p99", own, now.andThen(Stats.Stage::p99)));
  }

  private Meter quantile(
      MeterRegistry registry, String name, Tags own, Function<HandleMeters, Duration> value) {
    return TimeGauge.builder(
            STAGE + "." + name, this, TimeUnit.NANOSECONDS, meters -> value.apply(meters).toNanos())
        .tags(own)
        .description("Time of a run of a stage since the handle was opened")
        // Keeps this for the timers, too, which have no such option.
        .strongReference(true)
        .register(registry);
  }

  private void keep(MeterRegistry registry, Meter meter) {
    removals.add(() -> registry.remove(meter));
  }

  private Stats.Stage stage(String network, String name) {
    Stats those = stats.get().get(network);
    return those == null
        ? new Stats.Stage(name, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO)
        : those.stages().stream()
            .filter(stage -> stage.name().equals(name))
            .findFirst()
            .orElseThrow();
  }

  /** Takes the meters out of the registries. */
  @Override
  public synchronized void close() {
    removals.forEach(Runnable::run);
    removals.clear();
  }
}
