package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes the answers that the C tests compare with. */
class ExpectedTest {
  @Test
  void shouldWriteAnAnswerOfEveryTask() throws IOException {
    Path folder = Path.of("target", "expected");
    boolean shared = Files.isDirectory(Path.of(System.getProperty("avocet.shared"), "assets"));
    Expected.write(Files.createDirectories(folder), shared);
    List<String> lines = Files.readAllLines(folder.resolve("expected.txt"));
    assertThat(lines).allMatch(line -> line.split(" ", 5).length >= 4);
    assertThat(lines.stream().map(line -> line.split(" ", 2)[0]).distinct())
        .hasSize(shared ? 13 : 2);
    assertThat(lines).anyMatch(line -> line.startsWith("detector parcels parcel-1.png 0 "));
  }
}
