package dev.avocet.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.avocet.Detector;
import dev.avocet.Pipeline;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.testing.Scrape;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandleMetersTest {
  private static final Path ROOT = Path.of(System.getProperty("avocet.root"));
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private Detector detector;
  private Image image;

  @BeforeEach
  void open() {
    detector = Detector.open(ROOT.resolve("models/parcels"));
    image = Image.read(ROOT.resolve("examples/media/parcel-1.jpg"));
  }

  @AfterEach
  void close() {
    image.close();
    detector.close();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  private static void waitForANewReading() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(2 * Fresh.NANOS);
  }

  @Test
  void shouldShowWhatStatsSay() throws InterruptedException {
    try (HandleMeters meters = HandleMeters.of("parcels", detector::stats)) {
      meters.bindTo(registry);
      for (int i = 0; i < 3; i++) {
        detector.detect(image);
      }
      waitForANewReading();
      Map<String, Double> scrape = Scrape.values(registry.scrape());
      assertThat(scrape).hasSize(4 * 4);
      for (Stats.Stage stage : detector.stats().stages()) {
        String labels = "{network=\"parcels\",stage=\"%s\"}".formatted(stage.name());
        assertThat(stage.count()).isEqualTo(3);
        assertThat(scrape).containsEntry("avocet_stage_seconds_count" + labels, 3.0);
        assertThat(scrape.get("avocet_stage_seconds_sum" + labels))
            .isCloseTo(seconds(stage.total()), within(1e-9));
        assertThat(scrape.get("avocet_stage_p50_seconds" + labels))
            .isCloseTo(seconds(stage.p50()), within(1e-9));
        assertThat(scrape.get("avocet_stage_p99_seconds" + labels))
            .isCloseTo(seconds(stage.p99()), within(1e-9));
      }
    }
  }

  @Test
  void shouldNameAPipelinesNetworksAsItsStatsDo() throws InterruptedException {
    try (Pipeline pipeline = Pipeline.open(ROOT.resolve("models/parcels"));
        HandleMeters meters = HandleMeters.of(pipeline)) {
      meters.bindTo(registry);
      pipeline.run(image).close();
      waitForANewReading();
      String network = pipeline.stats().keySet().iterator().next();
      assertThat(Scrape.values(registry.scrape()))
          .containsEntry(
              "avocet_stage_seconds_count{network=\"%s\",stage=\"net\"}".formatted(network), 1.0);
    }
  }

  @Test
  void shouldReadTheStatsOnceAScrape() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    try (HandleMeters meters =
        HandleMeters.of(
            "parcels",
            () -> {
              asked.incrementAndGet();
              return detector.stats();
            })) {
      meters.bindTo(registry);
      waitForANewReading();
      asked.set(0);
      Scrape.values(registry.scrape());
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void shouldRemoveTheMetersWhenClosedAndMakeRoomForTheNextModel() throws InterruptedException {
    HandleMeters meters = HandleMeters.of("parcels", detector::stats);
    meters.bindTo(registry);
    meters.close();
    meters.close();
    assertThat(registry.getMeters()).isEmpty();
    assertThat(Scrape.values(registry.scrape())).isEmpty();
    try (Detector other = Detector.open(ROOT.resolve("models/parcels"));
        HandleMeters next = HandleMeters.of("parcels", other::stats)) {
      other.detect(image);
      next.bindTo(registry);
      assertThat(Scrape.values(registry.scrape()))
          .containsEntry("avocet_stage_seconds_count{network=\"parcels\",stage=\"net\"}", 1.0);
    }
  }

  @Test
  void shouldRefuseASecondHandleOfTheSameTags() {
    HandleMeters again = HandleMeters.of("parcels", detector::stats);
    try (HandleMeters meters = HandleMeters.of("parcels", detector::stats);
        HandleMeters tagged =
            new HandleMeters(
                () -> Map.of("parcels", detector.stats()), Tags.of("camera", "door"))) {
      SimpleMeterRegistry simple = new SimpleMeterRegistry();
      meters.bindTo(simple);
      assertThatThrownBy(() -> again.bindTo(simple))
          .isInstanceOf(AvocetException.class)
          .hasMessageContaining("network=parcels")
          .hasMessageContaining("close their HandleMeters");
      tagged.bindTo(simple);
      assertThat(simple.getMeters()).hasSize(2 * 3 * 4);
    }
  }

  @Test
  void shouldGoOnWithoutBeingHeldByTheApplication() throws InterruptedException {
    HandleMeters.of("parcels", detector::stats).bindTo(registry);
    System.gc();
    detector.detect(image);
    waitForANewReading();
    assertThat(Scrape.values(registry.scrape()))
        .containsEntry("avocet_stage_seconds_count{network=\"parcels\",stage=\"call\"}", 1.0);
  }
}
