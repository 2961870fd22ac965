package dev.avocet.camera.publish;

import dev.avocet.camera.config.ResultsConfig;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker of MQTT 3.1.1, by Eclipse Paho. Confined to one thread.
 *
 * <p>Some messages at a time are in flight; those that the broker has not answered for when the
 * connection ends are sent again by the next one, in their order: with qos 1 and 2 nothing is lost
 * and, after a broken connection, some may come twice. A retained message says {@code online}, and
 * {@code offline} once this has gone, also where it went without a word.
 *
 * <p>Where Paho 1.2.5 is known for trouble we go without: each connection is a new client (its own
 * reconnecting gets stuck, issues 348, 962, 999 of eclipse-paho/paho.mqtt.java), every wait has an
 * end (its time-out for connecting does not hold where the broker is mute, 843), less is in flight
 * than it allows (it counts late, 551), and a client is ended on a thread of its own, since Paho
 * waits there without end (330); while one is being ended there is no next one.
 */
final class MqttDestination implements Destination {
  private static final Logger LOG = LoggerFactory.getLogger(MqttDestination.class);

  private static final int TCP_SECONDS = 5;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final long CONNECT_MILLIS = 8000;
  private static final long ANSWER_MILLIS = 10_000;
  private static final long GOODBYE_MILLIS = 1000;
  private static final long END_MILLIS = 1500;
  private static final byte[] ONLINE = "online".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OFFLINE = "offline".getBytes(StandardCharsets.UTF_8);

  private final ResultsConfig.Mqtt config;
  private final Optional<String> password;
  private final Optional<SocketFactory> trusting;

  /** Unlike any other's: a broker ends the older one of two alike. */
  private final String clientId =
      "avocet-" + Long.toHexString(ThreadLocalRandom.current().nextLong());

  /** Null while there is no connection. */
  private MqttAsyncClient client;

  /** Ends the client before. */
  private Thread ending;

  MqttDestination(ResultsConfig.Mqtt config) {
    this.config = config;
    password = config.passwordFile().map(file -> Secrets.read("password_file", file));
    trusting = config.authorityFile().map(file -> Authority.trusting(file).getSocketFactory());
  }

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Outcome publish(List<Message> messages) {
    List<IMqttDeliveryToken> sent = new ArrayList<>();
    try {
      String trouble = connect();
      if (!trouble.isEmpty()) {
        return Outcome.tryAgain(0, trouble);
      }
      for (Message message : messages) {
        String topic = config.topic().replace("{source}", message.source());
        sent.add(client.publish(topic, message.json(), config.qos(), false));
      }
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
      for (IMqttDeliveryToken token : sent) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        // Paho takes 0 for "without end".
        token.waitForCompletion(Math.max(1, left));
      }
      return Outcome.delivered(sent.size());
    } catch (MqttException e) {
      end();
      return Outcome.tryAgain(delivered(sent), reason(e));
    }
  }

  /** How many of the first have been answered for. */
  private static int delivered(List<IMqttDeliveryToken> sent) {
    int count = 0;
    while (count < sent.size()
        && sent.get(count).isComplete()
        && sent.get(count).getException() == null) {
      count++;
    }
    return count;
  }

  /** Sees to it that there is a connection; else says why not. */
  private String connect() throws MqttException {
    if (client != null && client.isConnected()) {
      return "";
    }
    boolean lost = client != null;
    end();
    if (ending != null && ending.isAlive()) {
      return config.url() + ": the connection before cannot be ended while the broker is mute";
    }
    if (lost) {
      return config.url() + ": the connection was lost";
    }
    client = new MqttAsyncClient(config.url(), clientId, new MemoryPersistence());
    client.connect(options()).waitForCompletion(CONNECT_MILLIS);
    client.publish(config.statusTopic(), ONLINE, 1, true).waitForCompletion(ANSWER_MILLIS);
    return "";
  }

  private MqttConnectOptions options() {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(true);
    options.setAutomaticReconnect(false);
    options.setConnectionTimeout(TCP_SECONDS);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setMaxInflight(4 * Publisher.BATCH);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setHttpsHostnameVerificationEnabled(true);
    options.setWill(config.statusTopic(), OFFLINE, 1, true);
    config.user().ifPresent(options::setUserName);
    password.ifPresent(p -> options.setPassword(p.toCharArray()));
    trusting.ifPresent(options::setSocketFactory);
    return options;
  }

  private String reason(MqttException e) {
    String what =
        switch (e.getReasonCode()) {
          case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
              MqttException.REASON_CODE_NOT_AUTHORIZED ->
              config
                  .user()
                  .map(u -> "the broker refuses user=" + u + ": see user and password_file")
                  .orElse("the broker wants a user: give user and password_file");
          case MqttException.REASON_CODE_CLIENT_TIMEOUT -> "the broker does not answer in time";
          case MqttException.REASON_CODE_CONNECTION_LOST -> "the connection was lost";
          default -> cause(e);
        };
    return config.url() + ": " + what;
  }

  private static String cause(MqttException e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
      if (cause instanceof CertificateException) {
        return "the broker's certificate is not accepted (%s): see url and authority_file"
            .formatted(cause.getMessage());
      }
    }
    String text = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return cause.getClass().getSimpleName() + text;
  }

  /** Ends the client, within a bounded time where it can be had. */
  private void end() {
    if (client == null) {
      return;
    }
    MqttAsyncClient old = client;
    client = null;
    ending =
        new Thread(
            () -> {
              try {
                old.disconnectForcibly(1, 1, false);
                old.close(true);
              } catch (MqttException e) {
                LOG.debug("mqtt: a client was not ended in order: {}", e.toString());
              }
            },
            "avocet-mqtt-end");
    ending.setDaemon(true);
    ending.start();
    try {
      ending.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (client != null && client.isConnected()) {
      try {
        client.publish(config.statusTopic(), OFFLINE, 1, true).waitForCompletion(GOODBYE_MILLIS);
        client.disconnect(0).waitForCompletion(GOODBYE_MILLIS);
      } catch (MqttException e) {
        LOG.debug("mqtt: no goodbye: {}", e.toString());
      }
    }
    end();
  }
}
