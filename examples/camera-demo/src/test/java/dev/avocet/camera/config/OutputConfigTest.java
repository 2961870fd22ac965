package dev.avocet.camera.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputConfigTest {
  private static ResultsConfig.Mqtt mqtt(String url, String topic, int qos) {
    return new ResultsConfig.Mqtt(
        url, topic, qos, false, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static void refused(Runnable made, String message) {
    assertThatThrownBy(made::run)
        .isInstanceOf(AvocetException.class)
        .hasMessage(message)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.INVALID_ARG);
  }

  @Test
  void shouldSayWhyAnAddressIsNoneWithoutItsSecret() {
    // Where in the text differs between releases of Java.
    assertThatThrownBy(
            () ->
                new ResultsConfig.Mqtt(
                    "tcp://a b:secret",
                    "t",
                    0,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()))
        .hasMessageMatching(
            "url: is no address \\(Illegal character in authority at \\d+\\);"
                + " expected tcp://host:1883 or ssl://host:8883");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h | url=http://h: expected tcp://host:1883 or ssl://host:8883",
        "h:1883 | url: expected tcp://host:1883 or ssl://host:8883",
        "tcp:///x | url: expected tcp://host:1883 or ssl://host:8883",
        "tcp://h:0 | url: port=0: expected 1 to 65535",
        "tcp://h:70000 | url: port=70000: expected 1 to 65535",
        "tcp://a:secret@h | url: has a user or password in it, which would show in logs; use user",
      })
  void shouldRefuseABrokerThatIsNone(String url, String message) {
    refused(() -> mqtt(url, "avocet/{source}", 0), message);
  }

  @Test
  void shouldRefuseWhatABrokerWould() {
    refused(
        () -> mqtt("tcp://h", "avocet/#", 0),
        "topic=avocet/#: + and # are for those who subscribe; {source} stands for the source's"
            + " name");
    refused(
        () -> mqtt("tcp://h", " ", 0),
        "topic= : expected 1 to 1024 bytes, such as avocet/{source}");
    refused(
        () -> mqtt("tcp://h", "a\0b", 0),
        "topic=a?b: expected 1 to 1024 bytes, such as avocet/{source}");
    refused(() -> mqtt("tcp://h", "a", 3), "qos=3: expected 0, 1 or 2");
    refused(
        () ->
            new ResultsConfig.Mqtt(
                "tcp://h", "a", 0, false, Optional.empty(), Optional.of("/p"), Optional.empty()),
        "password_file=/p: MQTT takes a password with a user only; give user");
  }

  @ParameterizedTest
  @CsvSource({
    "avocet/{source},avocet/status",
    "site/hall/{source}/seen,site/hall/status",
    "site/hall/all,site/hall/status",
    "{source},avocet/status",
    "/{source},avocet/status",
    "all,avocet/status"
  })
  void shouldSayWhetherItIsThereBesideTheSources(String topic, String status) {
    assertThat(mqtt("ssl://broker:8883", topic, 1).statusTopic()).isEqualTo(status);
  }

  @Test
  void shouldRefuseAWebhookThatIsNone() {
    refused(
        () -> new ResultsConfig.Webhook("ftp://h/x", false, Optional.empty(), Optional.empty()),
        "url=ftp://h: expected http://host/path or https://host/path");
    refused(
        () ->
            new ResultsConfig.Webhook(
                "https://u:secret@h/x", false, Optional.empty(), Optional.empty()),
        "url: has a user or password in it, which would show in logs; use secret_file");
  }

  @Test
  void shouldRefuseAnAuthorityWithoutTls() {
    refused(
        () ->
            new ResultsConfig.Mqtt(
                "tcp://h",
                "a",
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("ca.pem")),
        "authority_file=ca.pem: there is nothing to trust without TLS; expected url=ssl://…");
    refused(
        () ->
            new ResultsConfig.Webhook("http://h/x", false, Optional.empty(), Optional.of("ca.pem")),
        "authority_file=ca.pem: there is nothing to trust without TLS; expected url=https://…");
  }

  @Test
  void shouldNotShowAWebhooksPath() {
    ResultsConfig.Webhook webhook =
        new ResultsConfig.Webhook(
            "https://h:8443/T0/secret?token=x", true, Optional.empty(), Optional.empty());
    assertThat(webhook.server()).isEqualTo("https://h:8443");
    assertThat(webhook)
        .hasToString(
            "Webhook[url=https://h:8443/…, eventsOnly=true, secretFile=Optional.empty, authorityFile=Optional.empty]");
  }

  @Test
  void shouldRefuseAFileThatIsNone() {
    refused(() -> new ResultsConfig.Lines("", 1), "path=: name a file, or - for standard output");
    refused(
        () -> new ResultsConfig.Lines("a", 0),
        "max_bytes=0: expected 1 or more; a file of more is begun anew");
  }

  @Test
  void shouldRefuseClipsThatMakeNoSense() {
    refused(() -> new ClipsConfig(" ", 1_000_000, 5, 5), "folder=: name a folder for the clips");
    refused(
        () -> new ClipsConfig("a", 9_999_999, 5, 5),
        "quota_bytes=9999999: expected 10000000 or more");
    refused(() -> new ClipsConfig("a", 10_000_000, -1, 5), "before_seconds=-1.0: expected 0 to 60");
    refused(
        () -> new ClipsConfig("a", 10_000_000, 5, Double.NaN),
        "after_seconds=NaN: expected 0 to 60");
  }
}
