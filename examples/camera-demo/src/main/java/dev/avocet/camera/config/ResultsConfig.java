package dev.avocet.camera.config;

import dev.avocet.core.AvocetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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

  /** Checks that nothing is missing. */
  public ResultsConfig {
    Objects.requireNonNull(file);
    Objects.requireNonNull(mqtt);
    Objects.requireNonNull(webhook);
  }

  /**
   * JSON lines in a file, which is continued.
   *
   * @param path of the file; {@code -} is standard output
   * @param maxBytes a file of more is renamed to {@code path.1} and a new one begun
   */
  public record Lines(String path, long maxBytes) {
    /** Checks the values: INVALID_ARG. */
    public Lines {
      if (path.isBlank()) {
        throw AvocetException.invalidArgument("path=: name a file, or - for standard output");
      }
      if (maxBytes < 1) {
        throw AvocetException.invalidArgument(
            "max_bytes=%d: expected 1 or more; a file of more is begun anew".formatted(maxBytes));
      }
    }

    /** Whether the lines go to standard output. */
    public boolean standardOutput() {
      return path.equals("-");
    }
  }

  /**
   * A broker of MQTT.
   *
   * @param url {@code tcp://host:1883} or {@code ssl://host:8883}
   * @param topic {@code {source}} in it stands for the source's name
   * @param qos 0, 1 or 2
   * @param eventsOnly only observations in which something happened
   * @param user empty for none
   * @param passwordFile file with the password, or empty
   * @param authorityFile file of PEM with the certificates that {@code ssl} trusts in place of
   *     those that Java knows, or empty
   */
  public record Mqtt(
      String url,
      String topic,
      int qos,
      boolean eventsOnly,
      Optional<String> user,
      Optional<String> passwordFile,
      Optional<String> authorityFile) {
    private static final int MOST_TOPIC_BYTES = 1024;

    /** Checks the values: INVALID_ARG. */
    public Mqtt {
      address(url, Set.of("tcp", "ssl"), "tcp://host:1883 or ssl://host:8883", "user");
      int bytes = topic.getBytes(StandardCharsets.UTF_8).length;
      if (topic.isBlank() || bytes > MOST_TOPIC_BYTES || topic.indexOf(0) >= 0) {
        throw AvocetException.invalidArgument(
            "topic=%.80s: expected 1 to %d bytes, such as avocet/{source}"
                .formatted(topic.replace('\0', '?'), MOST_TOPIC_BYTES));
      }
      if (topic.contains("+") || topic.contains("#")) {
        throw AvocetException.invalidArgument(
            "topic=%s: + and # are for those who subscribe; {source} stands for the source's name"
                .formatted(topic));
      }
      if (qos < 0 || qos > 2) {
        throw AvocetException.invalidArgument("qos=%d: expected 0, 1 or 2".formatted(qos));
      }
      if (passwordFile.isPresent() && user.isEmpty()) {
        throw AvocetException.invalidArgument(
            "password_file=%s: MQTT takes a password with a user only; give user"
                .formatted(passwordFile.get()));
      }
      authority(url, "ssl", authorityFile);
    }

    /**
     * Where {@code online} and {@code offline} are said: beside the sources' topics, {@code
     * avocet/status} for {@code avocet/{source}}.
     */
    public String statusTopic() {
      int source = topic.indexOf("{source}");
      int slash = topic.lastIndexOf('/', source < 0 ? topic.length() : source);
      return (slash <= 0 ? "avocet" : topic.substring(0, slash)) + "/status";
    }
  }

  /**
   * An HTTP server that is sent observations by POST.
   *
   * @param url {@code http} or {@code https}
   * @param eventsOnly only observations in which something happened
   * @param secretFile file with a key: requests carry {@code X-Avocet-Time}, the seconds since
   *     1970, and {@code X-Avocet-Signature}, {@code sha256=} and in hexadecimal digits the
   *     HMAC-SHA256, with that key, of the time, a dot and the body; or empty
   * @param authorityFile file of PEM with the certificates that {@code https} trusts in place of
   *     those that Java knows, or empty
   */
  public record Webhook(
      String url, boolean eventsOnly, Optional<String> secretFile, Optional<String> authorityFile) {
    /** Checks the values: INVALID_ARG. */
    public Webhook {
      Objects.requireNonNull(secretFile);
      address(url, Set.of("http", "https"), "http://host/path or https://host/path", "secret_file");
      authority(url, "https", authorityFile);
    }

    /** Scheme, host and port: all of the address that has no secret in it. */
    public String server() {
      URI uri = URI.create(url);
      return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** Without path and query, which may be secrets. */
    @Override
    public String toString() {
      return "Webhook[url=%s/…, eventsOnly=%s, secretFile=%s, authorityFile=%s]"
          .formatted(server(), eventsOnly, secretFile, authorityFile);
    }
  }

  private static void authority(String url, String scheme, Optional<String> file) {
    if (file.isPresent() && !url.startsWith(scheme + ":")) {
      throw AvocetException.invalidArgument(
          "authority_file=%s: there is nothing to trust without TLS; expected url=%s://…"
              .formatted(file.get(), scheme));
    }
  }

  /**
   * Checks an address.
   *
   * @param instead where a secret is given that has no place in it
   */
  private static void address(String url, Set<String> schemes, String expected, String instead) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      // Without the address: what is no address may have a password anywhere in it.
      throw AvocetException.invalidArgument(
          "url: is no address (%s at %d); expected %s"
              .formatted(e.getReason(), e.getIndex(), expected));
    }
    if (uri.getRawUserInfo() != null || url.contains("@")) {
      throw AvocetException.invalidArgument(
          "url: has a user or password in it, which would show in logs; use " + instead);
    }
    if (uri.getHost() == null || !schemes.contains(String.valueOf(uri.getScheme()))) {
      String shown = uri.getHost() == null ? "" : "=" + uri.getScheme() + "://" + uri.getHost();
      throw AvocetException.invalidArgument("url%s: expected %s".formatted(shown, expected));
    }
    if (uri.getPort() > 65_535 || uri.getPort() == 0) {
      throw AvocetException.invalidArgument(
          "url: port=%d: expected 1 to 65535".formatted(uri.getPort()));
    }
  }
}
