package dev.avocet.camera.publish;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Somebody who listens at a broker, and whom the broker keeps messages for while he is away. */
final class Subscriber implements AutoCloseable {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final MqttClient client;
  private final MqttConnectOptions options = new MqttConnectOptions();

  Subscriber(Broker broker, String... topics) throws MqttException {
    client =
        new MqttClient("tcp://127.0.0.1:" + broker.port(), "listener", new MemoryPersistence());
    client.setTimeToWait(5000);
    options.setCleanSession(false);
    options.setMaxInflight(1000);
    client.connect(options);
    for (String topic : topics) {
      client.subscribe(
          topic,
          1,
          (t, m) -> heard.add(t + " " + new String(m.getPayload(), StandardCharsets.UTF_8)));
    }
  }

  /** Comes back after the broker was away. */
  void again() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(1, 1);
    }
    client.connect(options);
  }

  /** Each message with its topic before it. */
  List<String> heard() {
    return heard;
  }

  /** The numbers of the frames, as they came. */
  List<Long> frames() {
    return heard.stream()
        .filter(m -> m.contains("\"frame\":"))
        .map(m -> Long.valueOf(m.replaceFirst(".*\"frame\":(\\d+).*", "$1")))
        .toList();
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(1, 1);
    }
    client.close(true);
  }
}
