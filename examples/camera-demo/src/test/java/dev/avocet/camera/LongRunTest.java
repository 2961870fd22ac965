package dev.avocet.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.camera.config.CameraConfig;
import dev.avocet.camera.config.ConfigFile;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.config.ServerConfig;
import dev.avocet.camera.config.SourceConfig;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.track.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two cameras, each with a model of its own, a page that watches both, and results in a file: the
 * application in its own process with the options of the command.
 */
class LongRunTest {
  /** Resident memory may grow by so much after the warm-up. */
  private static final long GROWTH = 16L << 20;

  /** Jetty, the compiler of Java and the collector take threads from pools as they need them. */
  private static final long POOLED = 6;

  private static final int CLIP_FRAMES = 300;

  @Test
  @Timeout(300)
  void shouldStayAsLargeAsItIsForAMinute(@TempDir Path folder)
      throws IOException, InterruptedException {
    run(folder, Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  @Test
  @Tag("soak")
  @Timeout(1200)
  void shouldStayAsLargeAsItIsForTenMinutes(@TempDir Path folder)
      throws IOException, InterruptedException {
    run(folder, Duration.ofMinutes(1), Duration.ofMinutes(9));
  }

  private static void run(Path folder, Duration warmUp, Duration rest)
      throws IOException, InterruptedException {
    Path results = folder.resolve("results.jsonl");
    Path config = folder.resolve("camera.json");
    ConfigFile.write(config, config(clip(folder), results));
    try (RunningCamera camera = new RunningCamera(config, folder.resolve("log"));
        TestViewer viewer = new TestViewer(camera.address(), "parcels", "people")) {
      Thread.sleep(warmUp.toMillis());
      long resident = camera.resident();
      long threads = camera.threads();
      long most = resident;
      long end = System.nanoTime() + rest.toNanos();
      while (System.nanoTime() < end) {
        Thread.sleep(1000);
        most = Math.max(most, camera.resident());
      }
      System.out.printf(
          "camera for %s: resident %d MB, then at most %d MB; %d threads, then %d%n",
          warmUp.plus(rest), resident >> 20, most >> 20, threads, camera.threads());
      assertThat(most - resident).isLessThanOrEqualTo(GROWTH);
      assertThat(camera.threads()).isLessThanOrEqualTo(threads + POOLED);
      assertThat(viewer.frames()).isPositive();
      assertDropsAddUp(camera.get("/api/stats"), results);
      assertPeopleKeepTheirNumbers(results);
      assertThat(camera.get("/health").get("status").asText()).isEqualTo("ok");
      assertThat(camera.stop()).isEqualTo(143);
    }
  }

  /** A video of the demonstration, as a camera would give it. */
  private static Path clip(Path folder) {
    Path clip = folder.resolve("parcels.mp4");
    try (FrameSource frames = Frames.open("demo://");
        FrameSink sink = FrameSinks.open(clip.toString(), OptionalLong.of(CLIP_FRAMES), 15)) {
      for (int i = 0; i < CLIP_FRAMES; i++) {
        try (Frame frame = frames.next().orElseThrow()) {
          Image image = frame.image();
          sink.write(frame, image);
        }
      }
      sink.finish();
    }
    return clip;
  }

  private static CameraConfig config(Path clip, Path results) {
    return new CameraConfig(
        List.of(
            new SourceConfig("parcels", clip.toString()),
            new SourceConfig(
                "people", Application.people(), Optional.of(Application.yolox()), Scene.EMPTY)),
        Optional.of(Application.parcels()),
        List.of(),
        "cpu",
        0.3,
        new ServerConfig(
            "127.0.0.1", 0, Optional.empty(), List.of(), Optional.empty(), Optional.empty()),
        new ResultsConfig(
            Optional.of(new ResultsConfig.Lines(results.toString(), 1L << 30)),
            Optional.empty(),
            Optional.empty()),
        Optional.empty());
  }

  /**
   * Frames that were looked at, dropped and failed are all there were up to the last one looked at,
   * or up to the next, whose predecessors may be counted as dropped already.
   */
  private static void assertDropsAddUp(JsonNode stats, Path results)
      throws IOException, InterruptedException {
    for (JsonNode source : stats.get("sources")) {
      int seen = source.get("frames").asInt();
      List<Long> numbers = numbers(results, source.get("name").asText(), seen + 1);
      long all = seen + source.get("dropped").asLong() + source.get("failed").asLong();
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
      assertThat(all).isBetween(numbers.get(seen - 1) + 1, numbers.get(seen));
      assertThat(source.get("failed").asLong()).isZero();
    }
  }

  /**
   * In the first 60 s of the clip three people come by, one after another, as counted by hand: a
   * woman in grey from 6.0 s to 19.9 s, a man in black from 22.7 s to 44.9 s, a woman in black from
   * 50.2 s on. At most two switches of their numbers are allowed.
   */
  private static void assertPeopleKeepTheirNumbers(Path results) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Set<Long> numbers = new HashSet<>();
    double last = 0;
    for (String line : Files.readAllLines(results)) {
      JsonNode seen = mapper.readTree(line);
      if (seen.get("source").asText().equals("people") && seen.get("frame").asLong() < 600) {
        last = seen.get("t_ms").asDouble();
        for (JsonNode object : seen.get("objects")) {
          if (object.get("class_id").asInt() == 0 && !object.get("track_id").isNull()) {
            numbers.add(object.get("track_id").asLong());
          }
        }
      }
    }
    int people = last > 51_000 ? 3 : last > 24_000 ? 2 : 1;
    assertThat(numbers).hasSizeBetween(people, people + 2);
  }

  /** Numbers of a source's first frames in the file. */
  private static List<Long> numbers(Path results, String source, int count)
      throws IOException, InterruptedException {
    ObjectMapper mapper = new ObjectMapper();
    List<Long> numbers = new ArrayList<>();
    Application.await(
        "there are " + count + " lines",
        () -> {
          numbers.clear();
          try {
            for (String line : Files.readString(results).split("(?<=\n)", -1)) {
              JsonNode seen = line.endsWith("\n") ? mapper.readTree(line) : null;
              if (seen != null && seen.get("source").asText().equals(source)) {
                numbers.add(seen.get("frame").asLong());
              }
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return numbers.size() >= count;
        });
    return numbers.subList(0, count);
  }
}
