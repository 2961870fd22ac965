package dev.avocet.camera.publish;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.avocet.camera.config.ResultsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A web server of the test's own, which answers as it is told. */
final class WebServer implements AutoCloseable {
  /** Answers a request whose body has been read. */
  interface Answer {
    void to(HttpExchange exchange, int number) throws IOException;
  }

  /** What was posted. */
  record Request(String method, String path, Headers headers, String body) {}

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Answer answer;
  private final Optional<SSLContext> tls;
  private final int port;
  private HttpServer server;

  WebServer(Answer answer) throws IOException {
    this(answer, Optional.empty());
  }

  WebServer(Answer answer, Optional<SSLContext> tls) throws IOException {
    this.answer = answer;
    this.tls = tls;
    server = open(0);
    port = server.getAddress().getPort();
  }

  /** Answers every request with this status. */
  static Answer status(int status) {
    return (exchange, number) -> exchange.sendResponseHeaders(status, -1);
  }

  private HttpServer open(int at) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), at);
    HttpServer opened = tls.isEmpty() ? HttpServer.create(address, 50) : encrypted(address);
    opened.setExecutor(threads);
    opened.createContext("/", this::handle);
    opened.start();
    return opened;
  }

  private HttpServer encrypted(InetSocketAddress address) throws IOException {
    HttpsServer opened = HttpsServer.create(address, 50);
    opened.setHttpsConfigurator(new HttpsConfigurator(tls.orElseThrow()));
    return opened;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      int number;
      synchronized (this) {
        number = requests.size();
        requests.add(
            new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(),
                body));
      }
      answer.to(exchange, number);
    }
  }

  List<Request> requests() {
    return requests;
  }

  String address() {
    return (tls.isEmpty() ? "http" : "https") + "://127.0.0.1:" + port;
  }

  /** Publishers that post here. */
  Publishers publishers(String path) {
    return Seen.publishers(
        new ResultsConfig.Webhook(address() + path, false, Optional.empty(), Optional.empty()));
  }

  void stop() {
    server.stop(0);
  }

  void again() {
    try {
      server = open(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
