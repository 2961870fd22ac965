package dev.avocet.camera.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.camera.config.ResultsConfig;
import dev.avocet.camera.seen.SeenJson;
import dev.avocet.core.AvocetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDestinationTest {
  private static final String LINE = SeenJson.of(Seen.frame("door", 0)).toString();

  @TempDir Path folder;

  private static Publishers publishers(Path file, long maxBytes) {
    return Seen.publishers(new ResultsConfig.Lines(file.toString(), maxBytes));
  }

  private static void publish(Path file, long maxBytes, long from, long to) {
    try (Publishers publishers = publishers(file, maxBytes)) {
      Seen.frames(publishers, from, to);
    }
  }

  private static List<String> lines(long from, long to) {
    return LongStream.range(from, to)
        .mapToObj(i -> SeenJson.of(Seen.frame("door", i)).toString())
        .toList();
  }

  @Test
  void shouldWriteALineEachAndContinueAFile() throws IOException {
    Path file = folder.resolve("new/results.jsonl");

    publish(file, 1 << 20, 0, 100);
    publish(file, 1 << 20, 100, 150);

    assertThat(Files.readAllLines(file)).isEqualTo(lines(0, 150));
    assertThat(Files.readString(file)).endsWith("}\n");
  }

  @Test
  void shouldEndALineThatACrashHasCutShort() throws IOException {
    Path file = Files.writeString(folder.resolve("results.jsonl"), "{\"source\":\"do");

    publish(file, 1 << 20, 0, 1);

    assertThat(Files.readAllLines(file)).containsExactly("{\"source\":\"do", LINE);
  }

  @Test
  void shouldBeginAnewWhenTheFileIsFull() throws IOException {
    Path file = folder.resolve("results.jsonl");
    Path older = folder.resolve("results.jsonl.1");

    publish(file, 3L * (lines(3, 4).get(0).length() + 1), 0, 8);

    assertThat(Files.readAllLines(older)).isEqualTo(lines(3, 6));
    assertThat(Files.readAllLines(file)).isEqualTo(lines(6, 8));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, older);
    }
    // A line that is longer than a file may be is there all the same.
    publish(file, 1, 8, 9);
    assertThat(Files.readAllLines(file)).isEqualTo(lines(8, 9));
  }

  @Test
  void shouldBeginAnewWhenSomebodyHasMovedTheFileAway() throws IOException, InterruptedException {
    Path file = folder.resolve("results.jsonl");
    try (Publishers publishers = publishers(file, 1 << 20)) {
      Seen.frames(publishers, 0, 3);
      Seen.until(10, () -> Seen.count(publishers, "published") == 3, publishers);
      Files.move(file, folder.resolve("kept"));
      Seen.frames(publishers, 3, 5);
      Seen.until(10, () -> Seen.count(publishers, "published") == 5, publishers);
    }
    assertThat(Files.readAllLines(folder.resolve("kept"))).isEqualTo(lines(0, 3));
    assertThat(Files.readAllLines(file)).isEqualTo(lines(3, 5));
  }

  @Test
  void shouldSayThatTheDiskIsFullAndKeepTheLines() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    try (FileDestination file =
        new FileDestination(new ResultsConfig.Lines(full.toString(), 1 << 20))) {
      Message message = new Message("door", LINE.getBytes(StandardCharsets.UTF_8));
      assertThat(file.publish(List.of(message, message)))
          .isEqualTo(
              Outcome.tryAgain(
                  0,
                  "/dev/full: cannot be written: No space left on device; free space there or name"
                      + " another file"));
    }
  }

  @Test
  void shouldGoOnWhenTheFileCanBeWrittenAgain() throws IOException, InterruptedException {
    Path file = Files.createDirectory(folder.resolve("results.jsonl"));
    try (Publishers publishers = publishers(file, 1 << 20)) {
      Seen.frames(publishers, 0, 50);
      Seen.until(10, () -> Seen.state(publishers).equals("trouble"), publishers);
      assertThat(Seen.message(publishers)).startsWith(file + ": cannot be written: ");
      Files.delete(file);
      Seen.until(10, () -> Seen.count(publishers, "published") == 50, publishers);
      assertThat(Seen.state(publishers)).isEqualTo("ok");
    }
    assertThat(Files.readAllLines(file)).isEqualTo(lines(0, 50));
  }

  @Test
  void shouldWriteToTheStreamThatIsHandedIn() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ResultsConfig.Lines standard = new ResultsConfig.Lines("-", 1);
    ResultsConfig config =
        new ResultsConfig(Optional.of(standard), Optional.empty(), Optional.empty());
    try (Publishers publishers = Publishers.of(config, out)) {
      Seen.frames(publishers, 0, 20);
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList()).isEqualTo(lines(0, 20));
    assertThatThrownBy(() -> Publishers.of(config))
        .isInstanceOf(AvocetException.class)
        .hasMessage("path=-: standard output is not at hand here; name a file");
  }

  @Tag("slow")
  @Test
  void shouldNotWaitForAReaderOfStandardOutputWhoHasStopped() {
    CountDownLatch never = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException("interrupted", e);
            }
          }
        };
    ResultsConfig config =
        new ResultsConfig(
            Optional.of(new ResultsConfig.Lines("-", 1)), Optional.empty(), Optional.empty());
    long start = System.nanoTime();
    Publishers publishers = Publishers.of(config, stuck);
    Seen.frames(publishers, 0, 3000);
    publishers.close();

    assertThat((System.nanoTime() - start) / 1e9).isLessThan(14);
    assertThat(Seen.count(publishers, "published")).isZero();
    assertThat(Seen.count(publishers, "dropped")).isEqualTo(3000);
  }

  @Test
  void shouldBoundTheBytesThatWaitToo() {
    Publisher publisher = new Publisher(new Stuck(), false);
    byte[] large = new byte[9 << 20];
    for (int i = 0; i < 5; i++) {
      publisher.offer(new Message("door", large));
    }
    publisher.offer(new Message("door", new byte[40 << 20]));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    publisher.describe(json);

    // Three or four wait, where the thread has taken none yet; one is too large at all.
    assertThat(json.path("dropped").asInt()).isBetween(2, 3);
  }

  /** Delivers nothing. */
  private static final class Stuck implements Destination {
    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public Outcome publish(List<Message> messages) {
      return Outcome.tryAgain(0, "stuck");
    }

    @Override
    public void close() {}
  }
}
