package dev.avocet.camera.run;

import com.sun.net.httpserver.HttpServer;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.JpegEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A network camera: pictures of the demonstration as MJPEG over HTTP, while it is plugged in. */
final class PictureStream implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Plugs it in; port 0 takes a free one. */
  PictureStream(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 8);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          exchange
              .getResponseHeaders()
              .add("Content-Type", "multipart/x-mixed-replace; boundary=frame");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody();
              FrameSource belt = Frames.open("demo://");
              JpegEncoder encoder = new JpegEncoder(80, 640)) {
            while (!Thread.interrupted()) {
              byte[] jpeg = picture(belt, encoder);
              String head =
                  "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: "
                      + jpeg.length
                      + "\r\n\r\n";
              out.write(head.getBytes(StandardCharsets.US_ASCII));
              out.write(jpeg);
              out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
              out.flush();
              Thread.sleep(66);
            }
          } catch (InterruptedException e) {
            // Unplugged.
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  private static byte[] picture(FrameSource belt, JpegEncoder encoder) {
    try (Frame frame = belt.next().orElseThrow()) {
      Image image = frame.image();
      return encoder.encode(image);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Unplugs it. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
