package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.SourceOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against GStreamer's RTSP server, which Debian has: {@code apt-get install python3-gi
 * gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good}.
 */
@Timeout(120)
class RtspStreamTest {
  private static final Timing QUICK =
      new Timing(
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofMillis(50),
          Duration.ofMillis(400));

  @TempDir Path folder;
  private Process server;

  /** Debian's own Python, because another one does not see Debian's packages. */
  private static final String PYTHON = "/usr/bin/python3";

  private void start(Path clip, int port) throws IOException {
    Path script = folder.resolve("rtsp_server.py");
    try (InputStream in = RtspStreamTest.class.getResourceAsStream("rtsp_server.py")) {
      Files.write(script, in.readAllBytes());
    }
    Path errors = folder.resolve("errors");
    server =
        new ProcessBuilder(PYTHON, script.toString(), clip.toString(), Integer.toString(port))
            .redirectError(errors.toFile())
            .start();
    BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assumeTrue(
        "ready".equals(line),
        () ->
            "skipped: no RTSP server here; apt-get install python3-gi gir1.2-gst-rtsp-server-1.0"
                + " gstreamer1.0-plugins-good");
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  private static List<Taken> take(FrameSource source, int count) {
    List<Taken> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Frame> next = source.next();
      try (Frame frame = next.orElseThrow()) {
        taken.add(Taken.of(frame));
      }
    }
    return taken;
  }

  @Test
  void shouldGoOnWhenTheServerIsKilledAndStartedAgain() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "skipped: no " + PYTHON);
    Path clip =
        new Clip()
            .codec("libopenh264", avutil.AV_PIX_FMT_YUV420P)
            .size(160, 120)
            .frames(1000)
            .write(folder.resolve("clip.mp4"));
    int port;
    try (ServerSocket any = new ServerSocket(0)) {
      port = any.getLocalPort();
    }
    start(clip, port);
    String url = "rtsp://user:secret@127.0.0.1:" + port + "/door";
    try (FrameSource source = FFmpegSourceProvider.open(url, SourceOptions.DEFAULT, QUICK)) {
      List<Taken> taken = new ArrayList<>(take(source, 20));
      int before = taken.get(19).number();
      server.destroyForcibly().waitFor();
      Thread.sleep(1000);
      start(clip, port);
      // What had come before the end is still to be had.
      taken.addAll(take(source, 30));

      assertThat(before).isGreaterThanOrEqualTo(19);
      // Frames may have been dropped on a busy machine, but none came twice or out of turn.
      List<Taken> first = taken.subList(0, 20);
      assertThat(first).extracting(Taken::number).isSorted().doesNotHaveDuplicates();
      assertThat(taken.subList(20, 50)).extracting(Taken::number).anyMatch(n -> n < before);
      assertThat(taken).extracting(Taken::index).isSorted().doesNotHaveDuplicates();
      assertThat(taken).extracting(Taken::time).isSorted().doesNotHaveDuplicates();
      assertThat(taken.get(49).time()).isGreaterThan(1500);
      assertThat(taken).extracting(Taken::picture).containsOnly("160x120 I420 (borrowed) NONE");
    }
  }
}
