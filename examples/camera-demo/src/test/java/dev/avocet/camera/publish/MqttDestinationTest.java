package dev.avocet.camera.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.camera.TestCertificate;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.seen.SeenJson;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttDestinationTest {
  /** What the broker knows survives it, so that a listener misses nothing that it has taken. */
  private static final String[] LASTING = {
    "allow_anonymous true",
    "persistence true",
    "autosave_on_changes true",
    "autosave_interval 1",
    "max_queued_messages 0"
  };

  @TempDir Path folder;

  private static ResultsConfig.Mqtt config(int port, int qos) {
    return new ResultsConfig.Mqtt(
        "tcp://127.0.0.1:" + port,
        "avocet/{source}",
        qos,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Broker lasting() throws IOException, InterruptedException {
    String[] lines = LASTING.clone();
    lines[1] += "\npersistence_location " + folder + "/";
    return new Broker(folder, lines);
  }

  private static List<Long> range(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldDeliverInOrderAndSayWhetherItIsThere(int qos)
      throws IOException, InterruptedException, MqttException {
    try (Broker broker = new Broker(folder, "allow_anonymous true");
        Subscriber subscriber = new Subscriber(broker, "avocet/#")) {
      try (Publishers publishers = Seen.publishers(config(broker.port(), qos))) {
        Seen.until(10, () -> subscriber.heard().contains("avocet/status online"), publishers);
        Seen.frames(publishers, 0, 200);
        Seen.until(10, () -> subscriber.frames().size() == 200, publishers);
        assertThat(subscriber.frames()).isEqualTo(range(0, 200));
        assertThat(subscriber.heard().get(1))
            .isEqualTo("avocet/door " + SeenJson.of(Seen.frame("door", 0)));
        Seen.until(10, () -> Seen.count(publishers, "published") == 200, publishers);
        assertThat(Seen.stats(publishers).toString())
            .isEqualTo(
                "{\"name\":\"mqtt\",\"state\":\"ok\",\"published\":200,\"dropped\":0,\"failed\":0,"
                    + "\"message\":\"\"}");
        // What comes last is delivered while it is being closed.
        Seen.frames(publishers, 200, 250);
      }
      for (int i = 0; i < 200 && subscriber.heard().size() < 252; i++) {
        Thread.sleep(10);
      }
      assertThat(subscriber.frames()).isEqualTo(range(0, 250));
      assertThat(subscriber.heard().get(251)).isEqualTo("avocet/status offline");
    }
  }

  @Test
  void shouldGoOnWhereItWasWhenTheBrokerWasKilledAndIsBack()
      throws IOException, InterruptedException, MqttException {
    try (Broker broker = lasting();
        Subscriber subscriber = new Subscriber(broker, "avocet/+");
        Publishers publishers = Seen.publishers(config(broker.port(), 1))) {
      Seen.frames(publishers, 0, 100);
      Seen.until(10, () -> subscriber.frames().size() == 100, publishers);
      Seen.until(10, () -> Seen.count(publishers, "published") == 100, publishers);
      broker.kill();
      Seen.frames(publishers, 100, 300);
      Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);

      broker.start();
      subscriber.again();
      Seen.until(20, () -> Seen.count(publishers, "published") == 300, publishers);
      Seen.until(10, () -> subscriber.frames().contains(299L), publishers);
      assertThat(subscriber.frames().stream().distinct()).isEqualTo(range(0, 300));
      assertThat(Seen.count(publishers, "dropped")).isZero();
      assertThat(Seen.message(publishers)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldLoseNothingWhenTheBrokerIsRestartedUnderLoad(int qos)
      throws IOException, InterruptedException, MqttException {
    try (Broker broker = lasting();
        Subscriber subscriber = new Subscriber(broker, "avocet/+");
        Publishers publishers = Seen.publishers(config(broker.port(), qos))) {
      for (int i = 0; i < 600; i++) {
        publishers.seen(Seen.frame("door", i));
        Thread.sleep(2);
        if (i == 200) {
          broker.stop();
        }
        if (i == 400) {
          broker.start();
          subscriber.again();
        }
      }
      Seen.until(20, () -> Seen.count(publishers, "published") == 600, publishers);
      Seen.until(10, () -> new TreeSet<>(subscriber.frames()).size() == 600, publishers);
      assertThat(Seen.count(publishers, "dropped")).isZero();
    }
  }

  @Test
  void shouldDropTheOldestWhenTheBrokerIsAwayForLong()
      throws IOException, InterruptedException, MqttException {
    try (Broker broker = lasting();
        Subscriber subscriber = new Subscriber(broker, "avocet/+")) {
      broker.stop();
      try (Publishers publishers = Seen.publishers(config(broker.port(), 1))) {
        Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
        assertThat(Seen.message(publishers))
            .isEqualTo(
                "tcp://127.0.0.1:%d: ConnectException: Connection refused"
                    .formatted(broker.port()));
        Seen.frames(publishers, 0, 3000);
        Seen.until(10, () -> Seen.count(publishers, "dropped") >= 3000 - 1024 - 16, publishers);

        broker.start();
        subscriber.again();
        Seen.until(
            40,
            () -> Seen.count(publishers, "published") + Seen.count(publishers, "dropped") == 3000,
            publishers);
        Seen.until(10, () -> subscriber.frames().contains(2999L), publishers);
        assertThat(Seen.count(publishers, "published")).isBetween(1024L, 1040L);
        assertThat(subscriber.frames()).endsWith(range(2000, 3000).toArray(Long[]::new));
      }
    }
  }

  @Test
  void shouldNotWaitWhenTheBrokerIsFrozen()
      throws IOException, InterruptedException, MqttException {
    try (Broker broker = new Broker(folder, "allow_anonymous true");
        Subscriber subscriber = new Subscriber(broker, "avocet/+");
        Publishers publishers = Seen.publishers(config(broker.port(), 1))) {
      Seen.until(10, () -> subscriber.heard().contains("avocet/status online"), publishers);
      broker.freeze();
      long start = System.nanoTime();
      Seen.frames(publishers, 0, 4000);
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(2);
      assertThat(Seen.count(publishers, "dropped")).isGreaterThanOrEqualTo(4000 - 1024 - 16);

      broker.thaw();
      Seen.until(
          20,
          () -> Seen.count(publishers, "published") + Seen.count(publishers, "dropped") == 4000,
          publishers);
      Seen.until(10, () -> subscriber.frames().contains(3999L), publishers);
    }
  }

  @Tag("slow")
  @Test
  void shouldSayThatTheBrokerIsMuteAndEndInTimeAllTheSame()
      throws IOException, InterruptedException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Publishers publishers = Seen.publishers(config(mute.getLocalPort(), 1));
      Seen.frames(publishers, 0, 10);
      Seen.until(15, () -> Seen.state(publishers).equals("trouble"), publishers);
      assertThat(Seen.message(publishers))
          .isEqualTo(
              "tcp://127.0.0.1:%d: the broker does not answer in time"
                  .formatted(mute.getLocalPort()));
      long start = System.nanoTime();
      publishers.close();
      assertThat((System.nanoTime() - start) / 1e9).isLessThan(12);
      assertThat(Seen.state(publishers)).isEqualTo("closed");
      assertThat(Seen.count(publishers, "dropped")).isEqualTo(10);
    }
  }

  @Test
  void shouldSayThatThePasswordIsWrongWithoutSayingIt() throws IOException, InterruptedException {
    Path users = folder.resolve("users");
    // mosquitto_passwd comes with the broker; -b takes the password as an argument.
    int code =
        new ProcessBuilder("mosquitto_passwd", "-c", "-b", users.toString(), "cam", "right-one")
            .start()
            .waitFor();
    assertThat(code).isZero();
    Path password = Files.writeString(folder.resolve("password"), "wrong-one\n");
    try (Broker broker = new Broker(folder, "allow_anonymous false", "password_file " + users)) {
      ResultsConfig.Mqtt config =
          new ResultsConfig.Mqtt(
              "tcp://127.0.0.1:" + broker.port(),
              "avocet/{source}",
              1,
              false,
              Optional.of("cam"),
              Optional.of(password.toString()),
              Optional.empty());
      try (Publishers publishers = Seen.publishers(config)) {
        Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
        assertThat(Seen.message(publishers))
            .isEqualTo(
                "tcp://127.0.0.1:%d: the broker refuses user=cam: see user and password_file"
                    .formatted(broker.port()));
        assertThat(publishers.stats().toString() + config).doesNotContain("wrong-one");
      }
      try (Publishers nobody = Seen.publishers(config(broker.port(), 1))) {
        Seen.until(10, () -> Seen.state(nobody).equals("trouble"), nobody);
        assertThat(Seen.message(nobody))
            .endsWith("the broker wants a user: give user and password_file");
      }
      Files.writeString(password, "right-one\n");
      try (Publishers publishers = Seen.publishers(config)) {
        Seen.frames(publishers, 0, 5);
        Seen.until(10, () -> Seen.count(publishers, "published") == 5, publishers);
      }
    }
  }

  @Test
  void shouldTrustNoOtherBrokerThanOneItWasToldTo()
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate certificate = TestCertificate.create(folder, "broker", "EC");
    TestCertificate other = TestCertificate.create(folder, "other", "EC");
    try (Broker broker =
        new Broker(
            folder,
            "allow_anonymous true",
            "certfile " + certificate.certificate(),
            "keyfile " + certificate.key())) {
      for (Optional<Path> wrong :
          List.of(Optional.<Path>empty(), Optional.of(other.certificate()))) {
        try (Publishers publishers = Seen.publishers(tls(broker, wrong))) {
          Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
          assertThat(Seen.message(publishers))
              .contains("the broker's certificate is not accepted (PKIX path", "authority_file");
        }
      }
      Optional<Path> right = Optional.of(certificate.certificate());
      try (Publishers publishers = Seen.publishers(tls(broker, right))) {
        Seen.frames(publishers, 0, 20);
        Seen.until(10, () -> Seen.count(publishers, "published") == 20, publishers);
      }
    }
  }

  @Test
  void shouldNotTrustABrokerOfAnotherName()
      throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate certificate =
        TestCertificate.create(folder, "broker", "EC", "dns:broker.example");
    try (Broker broker =
            new Broker(
                folder,
                "allow_anonymous true",
                "certfile " + certificate.certificate(),
                "keyfile " + certificate.key());
        Publishers publishers =
            Seen.publishers(tls(broker, Optional.of(certificate.certificate())))) {
      Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
      assertThat(Seen.message(publishers)).contains("127.0.0.1", "No subject alternative names");
    }
  }

  private static ResultsConfig.Mqtt tls(Broker broker, Optional<Path> authority) {
    return new ResultsConfig.Mqtt(
        "ssl://127.0.0.1:" + broker.port(),
        "avocet/{source}",
        1,
        false,
        Optional.empty(),
        Optional.empty(),
        authority.map(Path::toString));
  }

  @Test
  void shouldPublishOnlyEventsWhenAskedTo()
      throws IOException, InterruptedException, MqttException {
    try (Broker broker = new Broker(folder, "allow_anonymous true");
        Subscriber subscriber = new Subscriber(broker, "yard/#")) {
      ResultsConfig.Mqtt config =
          new ResultsConfig.Mqtt(
              "tcp://127.0.0.1:" + broker.port(),
              "yard/{source}/seen",
              0,
              true,
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      try (Publishers publishers = Seen.publishers(config)) {
        Seen.frames(publishers, 0, 10);
        publishers.seen(Seen.frame("gate", 10, Seen.EVENT));
        Seen.until(10, () -> subscriber.heard().size() == 2, publishers);
      }
      assertThat(subscriber.heard().get(0)).isEqualTo("yard/status online");
      assertThat(subscriber.heard().get(1)).startsWith("yard/gate/seen {\"source\":\"gate\"");
    }
  }

  @Test
  void shouldSayAtOnceThatThePasswordCannotBeRead() throws IOException {
    Path missing = folder.resolve("missing");
    ResultsConfig.Mqtt config =
        new ResultsConfig.Mqtt(
            "tcp://h",
            "a",
            0,
            false,
            Optional.of("cam"),
            Optional.of(missing.toString()),
            Optional.empty());
    assertThatThrownBy(() -> Seen.publishers(config))
        .isInstanceOf(AvocetException.class)
        .hasMessage(
            "password_file=%s: cannot be read (NoSuchFileException); name a file that this user"
                + " may read",
            missing)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FILE_NOT_FOUND);
    Files.writeString(missing, "\n");
    assertThatThrownBy(() -> Seen.publishers(config))
        .hasMessage("password_file=%s: is empty", missing);
  }
}
