package dev.avocet.media.ffmpeg;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A camera's web server: Motion JPEG, 50 pictures a second whose numbers go on rising from
 * connection to connection. {@code /good} goes on, {@code /dies} ends the connection after five
 * pictures, {@code /hangs} says nothing more after five, {@code /mute} never answers, {@code
 * /closed} wants user and secret, {@code /file.mp4} is a file of 20 frames.
 */
final class StreamServer implements AutoCloseable {
  private final List<byte[]> pictures = new ArrayList<>();
  private final byte[] file;
  private final AtomicInteger number = new AtomicInteger();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean over;

  StreamServer(Path folder) throws IOException {
    byte[] all =
        Files.readAllBytes(
            new Clip()
                .codec("mjpeg", avutil.AV_PIX_FMT_YUVJ420P)
                .size(320, 240)
                .frames(2000)
                .write(folder.resolve("pictures.mjpeg")));
    int start = 0;
    for (int i = 1; i < all.length; i++) {
      if (all[i - 1] == (byte) 0xff && all[i] == (byte) 0xd9) {
        pictures.add(Arrays.copyOfRange(all, start, i + 1));
        start = i + 1;
      }
    }
    file = Files.readAllBytes(new Clip().headerFirst().frames(20).write(folder.resolve("f.mp4")));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  String url(String user, String path) {
    return url(path).replace("//", "//" + user + "@");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String login =
          Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (path.equals("/mute")) {
        pause(Long.MAX_VALUE);
      } else if (path.equals("/closed") && !("Basic " + login).equals(given)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"door\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (path.equals("/file.mp4")) {
        exchange.sendResponseHeaders(200, file.length);
        exchange.getResponseBody().write(file);
      } else {
        stream(exchange, path.equals("/dies") || path.equals("/hangs") ? 5 : 2000);
        if (path.equals("/hangs")) {
          pause(Long.MAX_VALUE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stream(HttpExchange exchange, int count) throws IOException, InterruptedException {
    exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace; boundary=next");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (int i = 0; i < count && !over; i++) {
      byte[] picture = pictures.get(number.getAndIncrement() % pictures.size());
      String head =
          "--next\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(picture);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      pause(20);
    }
  }

  private void pause(long millis) throws InterruptedException {
    long end = millis == Long.MAX_VALUE ? millis : System.currentTimeMillis() + millis;
    while (!over && System.currentTimeMillis() < end) {
      Thread.sleep(Math.min(20, millis));
    }
  }

  @Override
  public void close() {
    over = true;
    server.stop(0);
    threads.shutdownNow();
  }
}
