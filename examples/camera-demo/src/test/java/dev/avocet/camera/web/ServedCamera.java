package dev.avocet.camera.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.camera.Application;
import dev.avocet.camera.clips.Clips;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.camera.run.CameraService;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A camera with a test pattern, and its server at a free port. */
final class ServedCamera implements AutoCloseable {
  static final String TOKEN = "right-token";
  static final ObjectMapper MAPPER = new ObjectMapper();

  final CameraService service;
  final CameraServer server;
  final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  ServedCamera() {
    this(Limits.DEFAULT);
  }

  ServedCamera(Limits limits) {
    this(config(0), limits, Optional.empty());
  }

  ServedCamera(ServerConfig config, Limits limits, Optional<Clips> clips) {
    service =
        Application.service(
            Application.config(
                List.of("door=test://?size=320x240&fps=10", "yard=test://?size=160x120&fps=10"),
                Application.parcels()));
    clips.ifPresent(service::add);
    server = CameraServer.start(config, service, clips, registry, limits);
  }

  static ServerConfig config(int port) {
    return new ServerConfig(
        "127.0.0.1",
        port,
        Optional.of(TOKEN),
        List.of("Camera.example"),
        Optional.empty(),
        Optional.empty());
  }

  URI uri(String path) {
    return server.address().resolve(path);
  }

  int port() {
    return server.address().getPort();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20));
  }

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Sends JSON with the token. */
  HttpResponse<byte[]> write(String method, String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  static String message(HttpResponse<byte[]> response) throws IOException {
    return json(response).path("error").path("message").asText();
  }

  boolean isWell() throws IOException, InterruptedException {
    HttpResponse<byte[]> health = get("/health");
    return health.statusCode() == 200 && json(health).path("status").asText().equals("ok");
  }

  /** A connection for what an HTTP client would not send. */
  Socket connect() throws IOException {
    return connect(InetAddress.getLoopbackAddress());
  }

  /** A connection from one of this machine's addresses. */
  Socket connect(InetAddress from) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(), from, 0);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends bytes as they are and reads until the server hangs up. */
  String raw(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      return raw(socket, bytes);
    }
  }

  static String raw(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.shutdownOutput();
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Sends a request without a body, closing the connection after it. */
  String raw(String line, String... headers) throws IOException {
    String text = line + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    return raw(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void close() {
    server.close();
    service.close();
  }
}
