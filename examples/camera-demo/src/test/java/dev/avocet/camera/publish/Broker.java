package dev.avocet.camera.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.testing.EngineUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Mosquitto of the test's own, on a free port of this machine. */
final class Broker implements AutoCloseable {
  private final Path program;
  private final Path config;
  private final int port;
  private Process process;

  /**
   * Starts it; where there is none, the test is skipped, and fails with CI=true.
   *
   * @param settings lines of its configuration beside the port
   */
  Broker(Path folder, String... settings) throws IOException, InterruptedException {
    program = program();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> lines =
        Stream.concat(
                // As root it would become another user, who cannot read the test's folder.
                Stream.of("user root", "listener " + port + " 127.0.0.1"), Stream.of(settings))
            .toList();
    config = Files.write(folder.resolve("mosquitto.conf"), lines);
    start();
  }

  private static Path program() {
    Path found =
        Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (found == null && EngineUnderTest.inCi()) {
      throw new AssertionError("CI has to have mosquitto: apt-get install mosquitto");
    }
    assumeTrue(found != null, "skipped: there is no mosquitto (apt-get install mosquitto)");
    return found;
  }

  int port() {
    return port;
  }

  /** Starts it, again after it has ended, and waits until it answers. */
  void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(program.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(config.resolveSibling("mosquitto.log").toFile())
            .start();
    for (int i = 0; i < 500; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        return;
      } catch (IOException e) {
        assertThat(process.isAlive()).as(() -> "mosquitto: " + log()).isTrue();
        Thread.sleep(20);
      }
    }
    throw new AssertionError("mosquitto does not listen within 10 s: " + log());
  }

  private String log() {
    try {
      return Files.readString(config.resolveSibling("mosquitto.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** As a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** In order: what it holds is kept where its configuration says so. */
  void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  /** It stays connected and does nothing any more. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(code).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
