package dev.avocet.camera.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.camera.seen.SeenJson;
import dev.avocet.core.AvocetException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes observations to a file, a broker and a web server, each from a thread of its own, so
 * that none waits for another and no source for any of them. Thread safe.
 */
public final class Publishers implements Observer, AutoCloseable {
  /** How long {@link #close} lets all of them deliver what still waits. */
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private final List<Publisher> publishers;

  private Publishers(List<Publisher> publishers) {
    this.publishers = List.copyOf(publishers);
  }

  /**
   * Starts them, where nothing goes to standard output.
   *
   * @throws AvocetException INVALID_ARG where the file is {@code -}, FILE_NOT_FOUND where a
   *     password or secret cannot be read
   */
  public static Publishers of(ResultsConfig config) {
    return of(config, Optional.empty());
  }

  /**
   * Starts them.
   *
   * @param standardOutput what the file {@code -} stands for; stays open
   * @throws AvocetException FILE_NOT_FOUND where a password or secret cannot be read
   */
  public static Publishers of(ResultsConfig config, OutputStream standardOutput) {
    return of(config, Optional.of(standardOutput));
  }

  private static Publishers of(ResultsConfig config, Optional<OutputStream> standardOutput) {
    List<Publisher> publishers = new ArrayList<>();
    try {
      config
          .file()
          .map(file -> lines(file, standardOutput))
          .ifPresent(d -> publishers.add(new Publisher(d, false)));
      config
          .mqtt()
          .ifPresent(m -> publishers.add(new Publisher(new MqttDestination(m), m.eventsOnly())));
      config
          .webhook()
          .ifPresent(w -> publishers.add(new Publisher(new WebhookDestination(w), w.eventsOnly())));
      return new Publishers(publishers);
    } catch (AvocetException e) {
      publishers.forEach(Publisher::close);
      throw e;
    }
  }

  private static Destination lines(
      ResultsConfig.Lines file, Optional<OutputStream> standardOutput) {
    if (!file.standardOutput()) {
      return new FileDestination(file);
    }
    return new StreamDestination(
        standardOutput.orElseThrow(
            () ->
                AvocetException.invalidArgument(
                    "path=-: standard output is not at hand here; name a file")));
  }

  /** Never: what is published has no pictures. */
  @Override
  public boolean wantsPictures(String source) {
    return false;
  }

  @Override
  public void seen(Observation observation) {
    Message message = null;
    for (Publisher publisher : publishers) {
      if (publisher.eventsOnly() && observation.happenings().isEmpty()) {
        continue;
      }
      if (message == null) {
        String json = SeenJson.of(observation).toString();
        message = new Message(observation.source(), json.getBytes(StandardCharsets.UTF_8));
      }
      publisher.offer(message);
    }
  }

  /**
   * How each of them does, as docs/results.md says; a new array.
   *
   * <p>{@code published} have been delivered, {@code dropped} were not for want of room or time,
   * {@code failed} were refused.
   */
  public ArrayNode stats() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    publishers.forEach(p -> p.describe(all.addObject()));
    return all;
  }

  /** Delivers what still waits, for five seconds at most, and ends; what is left is dropped. */
  @Override
  public void close() {
    publishers.forEach(p -> p.flushFor(FLUSH));
    publishers.forEach(Publisher::close);
  }
}
