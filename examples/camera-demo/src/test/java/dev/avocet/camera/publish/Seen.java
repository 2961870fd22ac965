package dev.avocet.camera.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Box;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.seen.Found;
import dev.avocet.camera.seen.Happening;
import dev.avocet.camera.seen.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Observations, and what publishers do with them. */
final class Seen {
  static final Happening EVENT = new Happening(Happening.Kind.LINE_IN, "gate", 3, 0, "person");

  private Seen() {}

  /** Frame {@code frame} of a source, with a person in it. */
  static Observation frame(String source, long frame, Happening... happenings) {
    Found person =
        new Found(
            OptionalLong.of(3),
            0,
            "person",
            0.5f,
            Optional.of(new Box(1, 2, 30, 40)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Observation(
        source,
        frame,
        Instant.parse("2026-11-22T00:12:01.123Z").plusMillis(40 * frame),
        OptionalDouble.of(40.0 * frame),
        System.nanoTime(),
        768,
        432,
        "yolox_nano",
        List.of(person),
        List.of(happenings),
        Map.of("gate", Map.of("in", 2L, "out", 1L)),
        Optional.empty());
  }

  static void frames(Publishers publishers, long from, long to) {
    for (long i = from; i < to; i++) {
      publishers.seen(frame("door", i));
    }
  }

  static Publishers publishers(ResultsConfig.Lines file) {
    return Publishers.of(new ResultsConfig(Optional.of(file), Optional.empty(), Optional.empty()));
  }

  static Publishers publishers(ResultsConfig.Mqtt mqtt) {
    return Publishers.of(new ResultsConfig(Optional.empty(), Optional.of(mqtt), Optional.empty()));
  }

  static Publishers publishers(ResultsConfig.Webhook webhook) {
    return Publishers.of(
        new ResultsConfig(Optional.empty(), Optional.empty(), Optional.of(webhook)));
  }

  static JsonNode stats(Publishers publishers) {
    return publishers.stats().get(0);
  }

  static long count(Publishers publishers, String field) {
    return stats(publishers).path(field).asLong();
  }

  static String message(Publishers publishers) {
    return stats(publishers).path("message").asText();
  }

  static String state(Publishers publishers) {
    return stats(publishers).path("state").asText();
  }

  /** Waits until something is so. */
  static void until(int seconds, BooleanSupplier so, Publishers publishers)
      throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (!so.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertThat(so.getAsBoolean())
        .as(() -> "within %d s: %s".formatted(seconds, stats(publishers)))
        .isTrue();
  }
}
