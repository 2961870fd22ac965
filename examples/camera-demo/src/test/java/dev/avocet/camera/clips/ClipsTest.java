package dev.avocet.camera.clips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.avocet.camera.config.ClipsConfig;
import dev.avocet.camera.seen.Happening;
import dev.avocet.camera.seen.Observation;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.JpegEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipsTest {
  private static final long QUOTA = 10_000_000;
  private static final Happening EVENT =
      new Happening(Happening.Kind.LINE_IN, "gate", 3, 0, "person");

  @TempDir Path top;

  private final JpegEncoder encoder = new JpegEncoder(90, 640);
  private final Random random = new Random(7);
  private List<byte[]> pictures = List.of();
  private int frame;

  private Path folder() {
    return top.resolve("clips");
  }

  private Clips clips(long quota) {
    return new Clips(new ClipsConfig(folder().toString(), quota, 0.4, 0.4), 0);
  }

  @BeforeEach
  void makePictures() {
    pictures = black();
  }

  @AfterEach
  void closeEncoder() {
    encoder.close();
  }

  /** Pictures of noise, which take much room in a video too: about 150 KB each. */
  private List<byte[]> noise() {
    List<byte[]> pictures = new ArrayList<>();
    byte[] pixels = new byte[640 * 480 * 3];
    for (int i = 0; i < 4; i++) {
      random.nextBytes(pixels);
      try (Image image = Image.copyOf(pixels, PixelFormat.BGR, 640, 480)) {
        pictures.add(encoder.encode(image));
      }
    }
    return pictures;
  }

  /** The next frames of a source, 40 ms apart; the first with events. */
  private void see(Clips clips, String source, int count, Happening... events) {
    for (int i = 0; i < count; i++, frame++) {
      clips.seen(
          new Observation(
              source,
              frame,
              Instant.parse("2026-11-22T00:12:01.123Z").plusMillis(40L * frame),
              OptionalDouble.empty(),
              1_000_000_000L + 40_000_000L * frame,
              640,
              480,
              "yolox_nano",
              List.of(),
              i == 0 ? List.of(events) : List.of(),
              Map.of(),
              Optional.of(pictures.get(frame % pictures.size()))));
    }
  }

  private static void until(BooleanSupplier so, Clips clips) throws InterruptedException {
    for (int i = 0; i < 2000 && !so.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(so.getAsBoolean()).as(() -> clips.stats().toString()).isTrue();
  }

  private static long written(Clips clips) {
    return clips.stats().path("written").asLong();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private long bytes() throws IOException {
    long sum = 0;
    for (String name : files()) {
      sum += Files.size(folder().resolve(name));
    }
    return sum;
  }

  @Test
  void shouldKeepAClipOfWhatHappenedWithItsEvents() throws IOException {
    try (Clips clips = clips(100 * QUOTA)) {
      assertThat(clips.wantsPictures("door")).isTrue();
      see(clips, "door", 20);
      see(clips, "door", 5, EVENT);
      assertThat(clips.stats().path("recording").toString()).isEqualTo("[\"door\"]");
      clips.save("door");
      see(clips, "door", 30);
    }
    String name = "door-2026-11-22T00-12-01Z.mp4";
    assertThat(files()).containsExactly("door-2026-11-22T00-12-01Z.json", name);
    // From 10 frames before the event to 10 after somebody asked for it to go on.
    assertThat(Files.readString(folder().resolve("door-2026-11-22T00-12-01Z.json")))
        .isEqualTo(
            "{\"name\":\"door-2026-11-22T00-12-01Z.mp4\",\"source\":\"door\","
                + "\"begun\":\"2026-11-22T00:12:01.523Z\",\"seconds\":0.96,\"frames\":25,"
                + "\"dropped\":0,\"events\":[{\"time\":\"2026-11-22T00:12:01.923Z\",\"t_ms\":400.0,"
                + "\"kind\":\"line_in\",\"name\":\"gate\",\"track_id\":3,\"class_id\":0,"
                + "\"label\":\"person\"},{\"time\":\"2026-11-22T00:12:02.083Z\",\"t_ms\":560.0,"
                + "\"kind\":\"asked\"}]}\n");
    assertThat(frames(folder().resolve(name))).isEqualTo(25);
    try (Clips clips = clips(100 * QUOTA)) {
      ArrayNode list = clips.list();
      assertThat(list)
          .hasToString(
              "[{\"name\":\"%s\",\"source\":\"door\",\"begun\":\"2026-11-22T00:12:01Z\",\"seconds\":0.96,\"bytes\":%d,\"events\":2}]"
                  .formatted(name, bytes()));
      assertThat(clips.file(name)).contains(folder().resolve(name));
      assertThat(clips.delete(name)).isTrue();
      assertThat(clips.delete(name)).isFalse();
      assertThat(files()).isEmpty();
      assertThat(clips.list()).isEmpty();
    }
  }

  private static int frames(Path video) {
    int count = 0;
    try (FrameSource frames = Frames.open(video.toString())) {
      for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
        next.get().close();
        count++;
      }
    }
    return count;
  }

  @Test
  void shouldDeleteTheOldestAndNothingElseWhenTheQuotaIsFull()
      throws IOException, InterruptedException {
    Files.createDirectories(folder());
    Path precious = Files.writeString(top.resolve("precious"), "x".repeat(2_000_000));
    List<String> others =
        List.of("notes.txt", "door.mp4", "door-2026-11-22T00-12-01Z.mp4.bak", "2026.json");
    for (String other : others) {
      Files.write(folder().resolve(other), new byte[1_000_000]);
    }
    Path link = folder().resolve("door-2000-01-01T00-00-00Z.mp4");
    Files.createSymbolicLink(link, precious);
    pictures = noise();
    try (Clips clips = clips(QUOTA)) {
      for (int i = 0; i < 6; i++) {
        int before = i;
        see(clips, i % 2 == 0 ? "door" : "yard", 30, EVENT);
        until(() -> written(clips) == before + 1, clips);
        long ours = 0;
        for (int k = 0; k < clips.list().size(); k++) {
          ours += clips.list().get(k).path("bytes").asLong();
        }
        assertThat(ours).as("after " + i).isLessThanOrEqualTo(QUOTA);
      }
      assertThat(clips.list().size()).isBetween(1, 5);
      assertThat(clips.stats().path("deleted").asInt()).isEqualTo(6 - clips.list().size());
      // The newest first, and it is there.
      assertThat(clips.list().get(0).path("source").asText()).isEqualTo("yard");
      assertThat(clips.list().get(0).path("begun").asText()).isEqualTo("2026-11-22T00:12:07Z");
      assertThat(clips.file(link.getFileName().toString())).isEmpty();
      assertThat(clips.delete(link.getFileName().toString())).isFalse();
    }
    assertThat(files()).containsAll(others);
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(precious).hasSize(2_000_000);
  }

  @Test
  void shouldEndAClipThatFillsTheQuotaAlone() throws IOException, InterruptedException {
    pictures = noise();
    try (Clips clips = new Clips(new ClipsConfig(folder().toString(), QUOTA, 0, 60), 0)) {
      see(clips, "door", 120, EVENT);
      until(() -> written(clips) == 1, clips);
      assertThat(clips.list()).hasSize(1);
      assertThat(clips.stats().path("failed").asInt()).isZero();
    }
    assertThat(bytes()).isBetween(QUOTA / 2, QUOTA);
  }

  @Test
  void shouldGoOnWhenTheFolderWasRemoved() throws IOException, InterruptedException {
    try (Clips clips = clips(QUOTA)) {
      see(clips, "door", 30, EVENT);
      until(() -> written(clips) == 1, clips);
      for (String name : files()) {
        Files.delete(folder().resolve(name));
      }
      Files.delete(folder());
      assertThat(clips.list()).isEmpty();

      Files.writeString(folder(), "a file in its place");
      see(clips, "door", 30, EVENT);
      until(() -> clips.stats().path("failed").asInt() == 1, clips);
      assertThat(clips.stats().path("message").asText())
          .startsWith("door: folder=" + folder() + ": cannot be used for clips: ");
      assertThatThrownBy(clips::list)
          .isInstanceOf(AvocetException.class)
          .extracting(e -> ((AvocetException) e).status())
          .isEqualTo(Status.FAIL);

      Files.delete(folder());
      see(clips, "door", 30, EVENT);
      until(() -> written(clips) == 2, clips);
      assertThat(clips.list()).hasSize(1);
      assertThat(clips.stats().path("message").asText()).isEmpty();
    }
  }

  @Test
  void shouldSayThatTheDiskHasNoRoomAndKeepWhatIsThere() throws IOException, InterruptedException {
    try (Clips clips = clips(QUOTA)) {
      see(clips, "door", 30, EVENT);
      until(() -> written(clips) == 1, clips);
    }
    List<String> before = files();
    ClipsConfig config = new ClipsConfig(folder().toString(), QUOTA, 0.4, 0.4);
    try (Clips clips = new Clips(config, Long.MAX_VALUE / 2)) {
      see(clips, "door", 30, EVENT);
      until(() -> clips.stats().path("failed").asInt() == 1, clips);
      assertThat(clips.stats().path("message").asText())
          .startsWith("door: folder=" + folder() + ": no room for clips: less than ");
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void shouldSayThatTheDiskIsFullAndTryAgainWithTheNextEvent()
      throws IOException, InterruptedException {
    Files.createDirectories(folder());
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=300k", "clips", folder().toString())
            .redirectErrorStream(true)
            .start();
    mount.getInputStream().readAllBytes();
    assumeTrue(
        mount.waitFor() == 0, "skipped: this user may not mount a small file system for the test");
    pictures = noise();
    try (Clips clips = clips(100 * QUOTA)) {
      see(clips, "door", 30, EVENT);
      until(() -> clips.stats().path("failed").asInt() == 1, clips);
      assertThat(clips.stats().path("message").asText()).contains("No space left on device");
      assertThat(files()).isEmpty();
      // Pictures without noise fit.
      pictures = black();
      frame += 100;
      see(clips, "door", 30, EVENT);
      until(() -> written(clips) == 1, clips);
    } finally {
      new ProcessBuilder("umount", "-l", folder().toString()).start().waitFor();
    }
  }

  private List<byte[]> black() {
    try (Image image = Image.copyOf(new byte[640 * 480], PixelFormat.GRAY8, 640, 480)) {
      return List.of(encoder.encode(image));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../secret",
        "../door-2026-11-22T00-12-01Z.mp4",
        "/etc/passwd",
        "x/door-2026-11-22T00-12-01Z.mp4",
        "door-2026-11-22T00-12-01Z.mp4/../../secret",
        "door-2026-11-22T00-12-01Z.mp4\n",
        "door-2026-11-22T00-12-01Z.mp4\0",
        "door\0-2026-11-22T00-12-01Z.mp4",
        "door-2026-11-22T00-12-01Z.json",
        "door-2026-11-22T00-12-01Z.mp4.part",
        "%2e%2e%2fsecret",
        "..\\secret"
      })
  void shouldTakeNoOtherNameThanAClips(String name) throws IOException {
    Files.createDirectories(folder().resolve("x"));
    Path secret = Files.writeString(top.resolve("secret"), "secret");
    for (Path place : List.of(top, folder(), folder().resolve("x"))) {
      Files.writeString(place.resolve("door-2026-11-22T00-12-01Z.mp4"), "a clip");
    }
    Files.writeString(folder().resolve("door-2026-11-22T00-12-01Z.json"), "not JSON");
    try (Clips clips = clips(QUOTA)) {
      assertThat(clips.file(name)).isEmpty();
      assertThat(clips.delete(name)).isFalse();
      assertThat(clips.list()).hasSize(1);
      assertThat(clips.list().get(0).path("seconds").asDouble()).isZero();
    }
    assertThat(secret).hasContent("secret");
  }

  @Test
  void shouldRemoveWhatACrashHasLeft() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("door-2026-11-22T00-12-01Z.mp4.part"), "half");
    Files.writeString(folder().resolve("door-2026-11-22T00-12-01Z.json.part"), "half");
    Files.writeString(folder().resolve("mine.mp4.part"), "half");
    clips(QUOTA).close();

    assertThat(files()).containsExactly("mine.mp4.part");
  }

  @Test
  void shouldGiveClipsOfTheSameSecondNamesOfTheirOwn() throws IOException {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("door-2026-11-22T00-12-01Z.mp4"), "another");
    try (Clips clips = clips(QUOTA)) {
      see(clips, "door", 5, EVENT);
    }
    assertThat(files())
        .containsExactly(
            "door-2026-11-22T00-12-01Z-2.json",
            "door-2026-11-22T00-12-01Z-2.mp4",
            "door-2026-11-22T00-12-01Z.mp4");
  }

  @Test
  void shouldSayWhatCannotBeSaved() throws IOException {
    Clips clips = clips(QUOTA);
    assertThatThrownBy(() -> clips.save("door"))
        .isInstanceOf(AvocetException.class)
        .hasMessage("source=door: no picture of it has come yet")
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.INVALID_ARG);
    clips.close();
    see(clips, "door", 1, EVENT);
    assertThatThrownBy(() -> clips.save("door")).hasMessage("clips are no longer recorded");
    Files.delete(folder());
    Files.writeString(folder(), "a file");
    assertThatThrownBy(() -> clips(QUOTA))
        .hasMessageStartingWith("folder=" + folder() + ": cannot be used for clips: ");
  }
}
