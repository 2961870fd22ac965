package dev.avocet.camera.config;

import java.util.Optional;

/**
 * Where observations go.
 *
 * @param file JSON lines in a file, or empty
 * @param mqtt a broker, or empty
 * @param webhook an HTTP server, or empty
 */
public record ResultsConfig(Optional<Lines> file, Optional<Mqtt> mqtt, Optional<Webhook> webhook) {
  /** Nowhere. */
  public static final ResultsConfig NONE =
      new ResultsConfig(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * JSON lines in a file, which is continued.
   *
   * @param path of the file; {@code -} is standard output
   * @param maxBytes a file of more is renamed to {@code path.1} and a new one begun
   */
  public record Lines(String path, long maxBytes) {}

  /**
   * A broker of MQTT.
   *
   * @param url {@code tcp://host:1883} or {@code ssl://host:8883}
   * @param topic {@code {source}} in it stands for the source's name
   * @param qos 0, 1 or 2
   * @param eventsOnly only observations in which something happened
   * @param user empty for none
   * @param passwordFile file with the password, or empty
   */
  public record Mqtt(
      String url,
      String topic,
      int qos,
      boolean eventsOnly,
      Optional<String> user,
      Optional<String> passwordFile) {}

  /**
   * An HTTP server that is sent observations by POST.
   *
   * @param url {@code http} or {@code https}
   * @param eventsOnly only observations in which something happened
   * @param secretFile file with a key: requests carry {@code X-Avocet-Signature}, an HMAC-SHA256 of
   *     the body; or empty
   */
  public record Webhook(String url, boolean eventsOnly, Optional<String> secretFile) {}
}
