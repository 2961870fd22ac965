package dev.avocet.camera.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.avocet.camera.Application;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.publish.Publishers;
import dev.avocet.core.Point;
import dev.avocet.core.board.Boards;
import dev.avocet.core.net.OpenListener;
import dev.avocet.metrics.BoardMeters;
import dev.avocet.testing.RecordedBoard;
import dev.avocet.testing.Scrape;
import dev.avocet.track.Scene;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters of the running application, and the dashboard that shows them. */
@Timeout(120)
class DashboardTest {
  private static final Path GRAFANA =
      Path.of(System.getProperty("avocet.root"), "examples", "camera-demo", "grafana");
  private static final Pattern METER =
      Pattern.compile("\\b(?:avocet|jvm|process|system)_[a-z0-9_]+");

  @TempDir Path folder;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private CameraService service;
  private Publishers publishers;
  private CameraMeters meters;

  @BeforeEach
  void start() throws InterruptedException {
    CameraConfig plain =
        Application.config(List.of("belt=demo://"), Application.parcels(), Application.yolox());
    service =
        CameraService.start(
            plain,
            new CameraService.Surroundings(
                Optional.empty(), registry, OpenListener.NONE, () -> {}));
    publishers =
        Publishers.of(
            new ResultsConfig(
                Optional.of(
                    new ResultsConfig.Lines(folder.resolve("lines.jsonl").toString(), 1 << 20)),
                Optional.empty(),
                Optional.empty()));
    service.add(publishers);
    service.addPart("publishers", publishers::stats);
    service.addPart("clips", () -> JsonNodeFactory.instance.objectNode().put("bytes", 4321));
    meters = new CameraMeters(service);
    meters.bindTo(registry);
    Scene.Line middle =
        new Scene.Line(
            "middle", new Point(0.5f, 0), new Point(0.5f, 1), Set.of(), Scene.Anchor.CENTRE);
    Scene.Zone left =
        new Scene.Zone(
            "left",
            List.of(new Point(0, 0), new Point(0.5f, 0), new Point(0.5f, 1), new Point(0, 1)),
            Set.of(),
            Scene.Anchor.CENTRE);
    service.scene("belt", new Scene(List.of(middle), List.of(left)));
    Application.await(
        "a code has crossed the line",
        () -> value("avocet_camera_crossings_total{direction=\"in\",line=\"middle\"") > 0);
  }

  @AfterEach
  void close() {
    meters.close();
    service.close();
    publishers.close();
    registry.close();
  }

  private Map<String, Double> scrape() {
    return Scrape.values(registry.scrape());
  }

  private double value(String start) {
    return scrape().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(start))
        .mapToDouble(Map.Entry::getValue)
        .findFirst()
        .orElse(-1);
  }

  @Test
  void shouldNameOnlyMetersThatTheRunningApplicationHas(@TempDir Path root)
      throws IOException, InterruptedException {
    // This machine need not measure what a board does; the server has the page's meters.
    RecordedBoard.unpack("agx-orin", root);
    new BoardMeters(Boards.at(root)).bindTo(registry);
    System.gc();
    Application.await("the collection was told of", () -> value("jvm_gc_pause_seconds_sum") >= 0);
    Set<String> there = new TreeSet<>();
    scrape().keySet().forEach(name -> there.add(name.replaceAll("\\{.*", "")));
    Set<String> named = new TreeSet<>();
    JsonNode dashboard = new ObjectMapper().readTree(GRAFANA.resolve("avocet.json").toFile());
    for (JsonNode expression : dashboard.findValues("expr")) {
      Matcher matcher = METER.matcher(expression.asText());
      while (matcher.find()) {
        named.add(matcher.group());
      }
    }
    assertThat(named).hasSizeGreaterThan(25);
    named.remove("avocet_page_viewers");
    assertThat(there).containsAll(named);
  }

  @Test
  void shouldCountWhatTheServiceCounts() {
    meters.close();
    service.close();
    publishers.close();
    CameraState.Summary belt = service.summary("belt");
    Map<String, Double> scrape = scrape();
    assertThat(scrape)
        .containsEntry("avocet_camera_frames_total{source=\"belt\"}", (double) belt.frames())
        .containsEntry("avocet_camera_dropped_total{source=\"belt\"}", (double) belt.dropped())
        .containsEntry("avocet_camera_failed_total{source=\"belt\"}", 0.0)
        .containsEntry("avocet_camera_clips_bytes", 4321.0);
    assertThat(
            scrape.get("avocet_camera_result_latency_seconds_count{source=\"belt\"}").longValue())
        .isEqualTo(belt.frames());
    assertThat(value("avocet_camera_result_latency_seconds{source=\"belt\",quantile=\"0.99\"}"))
        .isBetween(0.001, 30.0);
  }

  @Test
  void shouldDropLinesLabelsAndNetworksThatAreGone() throws InterruptedException {
    assertThat(value("avocet_camera_zone_inside{source=\"belt\",zone=\"left\"}")).isNotNegative();
    assertThat(scrape().keySet().toString()).contains("label=\"qr_code\"");
    service.scene("belt", Scene.EMPTY);
    service.switchTo("yolox_nano", "cpu");
    Application.await(
        "the other model sees frames, while others ask for figures all the time",
        () ->
            !service.stats().isEmpty()
                && service.latest("belt").orElseThrow().model().equals("yolox_nano"));
    Application.await(
        "lines and labels are gone",
        () -> !scrape().keySet().toString().matches(".*(middle|left|qr_code).*"));
    Application.await(
        "its network counts",
        () -> value("avocet_stage_seconds_count{network=\"yolox_nano\",stage=\"net\"}") > 0);
  }

  @Test
  void shouldComeWithAScrapeConfigurationOfItsOwnPort() throws IOException {
    assertThat(Files.readString(GRAFANA.resolve("prometheus.yml")))
        .contains("localhost:" + CameraConfig.DEFAULT.server().port());
  }
}
