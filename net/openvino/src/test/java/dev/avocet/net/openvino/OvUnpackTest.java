package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How processes get at the libraries of the jar of natives. */
@Tag("slow") // it unpacks 150 MB
class OvUnpackTest {
  /** What the processes run. */
  public static final class Start {
    private Start() {}

    public static void main(String[] args) {
      OvProvider provider = new OvProvider();
      System.out.println(provider.unavailable().orElse("version " + provider.version()));
    }
  }

  @TempDir Path cache;

  @BeforeAll
  static void packed() {
    assumeTrue(
        OvPacked.absence().isEmpty() && System.getenv("OPENVINO_HOME") == null,
        () -> OvPacked.absence().orElse("OPENVINO_HOME names another OpenVINO"));
  }

  @Test
  void shouldUnpackOnceForAllProcessesAndTrustNothingHalfUnpacked()
      throws IOException, InterruptedException {
    List<Process> both = List.of(start(), start());
    for (Process process : both) {
      assertThat(answer(process)).startsWith("version 20");
    }
    Map<Path, Object> unpacked = files();
    assertThat(unpacked).hasSizeGreaterThan(5);

    // What a process that was ended in the middle leaves: one file cut short, one not there.
    Path cut = library("libopenvino_c.so");
    try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    Path gone = library("libopenvino_intel_cpu_plugin.so");
    Files.delete(gone);
    assertThat(answer(start())).startsWith("version 20");

    Map<Path, Object> again = files();
    again.keySet().removeAll(List.of(cut, gone));
    assertThat(unpacked).as("the others are not written again").containsAllEntriesOf(again);
    assertThat(Files.size(cut)).isGreaterThan(100_000);
  }

  private Path library(String name) throws IOException {
    return files().keySet().stream()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  /** OpenVINO's libraries that have been unpacked, and which file each is. */
  private Map<Path, Object> files() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      Map<Path, Object> keys = new TreeMap<>();
      for (Path file : files.filter(f -> f.toString().contains("/libopenvino")).toList()) {
        keys.put(file, Files.getAttribute(file, "unix:ino"));
      }
      return keys;
    }
  }

  private Process start() throws IOException {
    String classPath =
        Stream.concat(
                Stream.of(System.getProperty("java.class.path").split(":"))
                    .filter(entry -> !entry.contains("/target/natives/")),
                Stream.of(System.getProperty("avocet.openvino.jar")))
            .collect(Collectors.joining(":"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-Xmx64m", "-Dorg.bytedeco.javacpp.cachedir=" + cache));
    command.addAll(List.of("-cp", classPath, Start.class.getName()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String answer(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
