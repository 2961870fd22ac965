package dev.avocet.media.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * With the GStreamer that is installed: apt-get install gstreamer1.0-tools
 * gstreamer1.0-plugins-base.
 */
@Timeout(60)
class GstSourceTest {
  private static final String SOURCE = "gst:videotestsrc ";

  @BeforeEach
  void needsGstreamer() {
    boolean there =
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gst-launch-1.0")));
    Assumptions.assumeTrue(
        there,
        "skipped: there is no gst-launch-1.0; apt-get install gstreamer1.0-tools"
            + " gstreamer1.0-plugins-base");
  }

  @AfterEach
  void shouldLeaveNothingBehind() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("avocet-gst")))
          .isEmpty();
    }
    assertThat(
            ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("gst-launch")))
        .isEmpty();
  }

  private static byte[] row(Frame frame, int plane, int y) {
    int stride = frame.image().planes().get(plane).stride();
    byte[] row = new byte[frame.image().format().rowBytes(plane, frame.image().width())];
    ByteBuffer bytes = frame.image().plane(plane);
    bytes.get(y * stride, row);
    return row;
  }

  @Test
  void shouldGiveEveryFrameInOrderWithoutConversion() {
    String input =
        SOURCE
            + "num-buffers=20 pattern=blue ! video/x-raw,format=NV12,width=322,height=240,framerate=10/1";
    try (FrameSource source = Frames.open(input)) {
      for (int i = 0; i < 20; i++) {
        try (Frame frame = source.next().orElseThrow()) {
          assertThat(frame.image().format()).isEqualTo(PixelFormat.NV12);
          assertThat(frame.image().width()).isEqualTo(322);
          assertThat(frame.index()).isEqualTo(i);
          assertThat(frame.timeMillis()).hasValue(i * 100.0);
          assertThat(frame.input()).isEqualTo(input);
          // Blue in BT.601 or BT.709: the chroma is the same everywhere, to the last row.
          assertThat(row(frame, 0, 239)).containsOnly(row(frame, 0, 0)[0]);
          byte[] chroma = row(frame, 1, 119);
          for (int x = 0; x < chroma.length; x += 2) {
            assertThat(chroma[x]).isEqualTo(chroma[0]);
            assertThat(chroma[x + 1]).isEqualTo(chroma[1]);
          }
          assertThat(chroma[0]).isNotEqualTo(chroma[1]);
        }
      }
      assertThat(source.next()).isEmpty();
      assertThat(source.dropped()).isZero();
    }
  }

  @Test
  void shouldTakeTheFormatThatThePipelineHas() {
    for (String format : List.of("BGR", "I420", "YUY2", "GRAY8", "RGBA", "BGRx")) {
      try (FrameSource source =
              Frames.open(
                  SOURCE
                      + "num-buffers=2 pattern=red ! video/x-raw,width=34,height=22,format="
                      + format);
          Frame first = source.next().orElseThrow();
          Frame second = source.next().orElseThrow()) {
        assertThat(first.image().format())
            .isEqualTo(
                GstCaps.parse(
                        "video/x-raw, format=(string)" + format + ", width=(int)34, height=(int)22")
                    .format());
        assertThat(row(first, 0, 21)).isEqualTo(row(second, 0, 0));
        if (format.equals("BGR")) {
          assertThat(row(second, 0, 21)).startsWith(0, 0, 255, 0, 0, 255);
        }
        assertThat(source.next()).isEmpty();
      }
    }
  }

  @Test
  void shouldGiveTheNewestFrameOfALivePipeline() throws InterruptedException {
    try (FrameSource source =
        Frames.open(SOURCE + "is-live=true ! video/x-raw,width=64,height=48,framerate=50/1")) {
      try (Frame first = source.next().orElseThrow()) {
        assertThat(first.index()).isZero();
      }
      TimeUnit.MILLISECONDS.sleep(1000);
      try (Frame late = source.next().orElseThrow()) {
        assertThat(late.index()).isGreaterThan(20);
        assertThat(late.timeMillis().orElseThrow()).isGreaterThan(500);
      }
      assertThat(source.dropped()).isGreaterThan(20);
      assertThat(source.frameRate()).hasValue(50);
      assertThat(source.size()).isEmpty();
    }
  }

  @Test
  void shouldStartALostLivePipelineAgain() {
    try (FrameSource source =
        Frames.open(
            SOURCE
                + "is-live=true num-buffers=5 ! video/x-raw,width=64,height=48,framerate=50/1")) {
      long last = -1;
      for (int i = 0; i < 8; i++) {
        try (Frame frame = source.next().orElseThrow()) {
          assertThat(frame.index()).isGreaterThan(last);
          last = frame.index();
        }
      }
    }
  }

  @Test
  void shouldEndAWaitAndTheChildWhenItIsClosed() throws InterruptedException {
    FrameSource source =
        Frames.open(SOURCE + "is-live=true ! video/x-raw,width=640,height=480,framerate=1/10");
    source.next().orElseThrow().close();
    Thread closer =
        new Thread(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(300);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              source.close();
            });
    closer.start();
    assertThat(source.next()).isEmpty();
    closer.join();
    assertThat(source.next()).isEmpty();
  }

  @Test
  void shouldEndAFastPipelineThatNobodyReads() {
    long start = System.nanoTime();
    FrameSource source = Frames.open(SOURCE + "! video/x-raw,width=1920,height=1080");
    try (Frame kept = source.next().orElseThrow()) {
      source.close();
      // Its memory stays until it is closed.
      assertThat(kept.image().plane(0).get(0)).isNotZero();
    }
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(8));
  }

  private static void assertFails(String input, Status status, String... words) {
    try (FrameSource source = Frames.open(input);
        Frame frame = source.next().orElseThrow()) {
      AvocetException e = frame.error().orElseThrow();
      assertThat(e).hasMessageStartingWith(input).hasMessageContainingAll(words);
      assertThat(e.status()).isEqualTo(status);
    }
  }

  @Test
  void shouldSayWhatGstreamerSays() {
    assertFails(
        "gst:nosuchsrc",
        Status.FAIL,
        "no element \"nosuchsrc\"",
        "[gst-launch-1.0, -v, nosuchsrc,");
    assertFails("gst:filesrc location=/none ! decodebin", Status.FAIL, "No such file \"/none\"");
    assertFails("gst:videotestsrc ! video/x-raw,format=P010_10LE", Status.FAIL, "could not link");
    assertFails(
        "gst:videotestsrc ! video/x-raw,format=NV12,width=33,height=22",
        Status.NOT_SUPPORTED,
        "even sizes");
    assertFails("gst: ", Status.INVALID_ARG, "expected gst: and a pipeline");
    // Nothing here is a shell's.
    assertFails(
        "gst:videotestsrc num-buffers=1 ! fakesink; touch /tmp/avocet-gst-x", Status.FAIL, "touch");
  }

  @Test
  void shouldRefuseLargerFramesThanAskedFor() {
    SourceOptions small =
        new SourceOptions(new ImageCodec.Options(true, 1000), SourceOptions.Pace.FAST, "");
    assertThatThrownBy(
            () ->
                new GstSourceProvider()
                    .open("gst:videotestsrc ! video/x-raw,width=64,height=48", small))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("width=64 height=48 is more than maxPixels=1000");
  }

  @Test
  void shouldKeepQuotedWordsTogether() {
    assertThat(GstChild.words(" a  b=\"c d\" ! 'video/x-raw, width=(int)3' e\\f \"x\\\"y\" \"open"))
        .containsExactly("a", "b=c d", "!", "video/x-raw, width=(int)3", "e\\f", "x\"y", "open");
  }
}
