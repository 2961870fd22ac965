package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code -o} leaves on the disk, whatever happens to the run or to the disk. */
class VideoOutputTest {
  private static final Pattern IGNORED_SIGNALS = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$");

  @TempDir Path folder;

  /** {@code detect} on the shipped pictures, over and over. */
  private static String[] detect(int pictures, String... options) {
    List<String> arguments = new ArrayList<>(List.of("detect"));
    for (int i = 0; i < pictures; i++) {
      arguments.add(Cli.picture(1 + i % 6));
    }
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  /** Whether a file is an MP4 with its index in front and all that the index speaks of. */
  private static boolean isWholeMp4(Path file) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    int data = bytes.indexOf("mdat");
    int size = 0;
    for (int i = data - 4; i < data; i++) {
      size = size << 8 | bytes.charAt(i);
    }
    return bytes.startsWith("ftyp", 4)
        && bytes.indexOf("moov") < data
        && data - 4 + size == bytes.length();
  }

  @Test
  void shouldDrawPicturesIntoAVideoAndEndAtTheLimit() throws IOException {
    Path out = folder.resolve("new/out.mp4");
    Cli.Result result = Cli.run(detect(9, "--frames", "3", "-o", out.toString()));
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.outLines().stream().filter(l -> l.equals("  drawn into " + out))).hasSize(3);
    assertThat(out.getParent().toFile().list()).containsExactly("out.mp4");
    assertThat(isWholeMp4(out)).isTrue();
    Path one = folder.resolve("one.png");
    assertThat(Cli.run(detect(2, "--frames", "1", "-o", one.toString())).exitCode()).isZero();
    assertThat(one).exists();
  }

  @Test
  void shouldRefuseOutputsThatCannotBeMeant() throws IOException {
    Cli.run("detect", Cli.picture(1), "-o", folder + "/out.avi")
        .assertFailed(2, "out.avi: videos of kind .avi are not written; use .mp4, .mov or .mkv");
    Cli.run("detect", Cli.picture(1), "--frames", "0").assertFailed(2, "--frames=0: expected");
    Cli.run("detect", Cli.picture(1), "--pace", "slow").assertFailed(2, "--pace", "FAST, REAL");
    // Root may write everywhere but there.
    Cli.run("detect", Cli.picture(1), "-o", "/sys/out.mp4")
        .assertFailed(1, "/sys/out.mp4: cannot be written", "name a file in a folder that may be");
    assertThat(folder.toFile().list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143"})
  void shouldKeepWhatWasDrawnWhenItIsToldToEnd(String signal, int exitCode)
      throws IOException, InterruptedException {
    if (signal.equals("INT")) {
      var ignored = IGNORED_SIGNALS.matcher(Files.readString(Path.of("/proc/self/status")));
      assumeTrue(
          ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & 2) == 0,
          "skipped: this process, and so those that it starts, ignores SIGINT");
    }
    Path out = folder.resolve("out.mp4");
    List<String> command = Cli.command(List.of(), detect(900, "--json", "-o", out.toString()));
    Path lines = folder.resolve("lines");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(lines.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      while (process.isAlive() && Files.readAllLines(lines).size() < 4) {
        Thread.sleep(50);
      }
      assertThat(out).doesNotExist();
      // By the shell: a bare machine has no program of that name.
      String kill = "kill -%s %d".formatted(signal, process.pid());
      assertThat(new ProcessBuilder("bash", "-c", kill).start().waitFor()).isZero();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(exitCode);
    assertThat(errors).isEmptyFile();
    assertThat(isWholeMp4(out)).isTrue();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("out.mp4", "lines", "errors");
    assertThat(Files.readAllLines(lines)).hasSizeBetween(4, 899).allMatch(l -> l.endsWith("]}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.mp4", "drawn"})
  void shouldFailOnAFullDiskAndLeaveNothingThatLooksWhole(String output)
      throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    // A mount of this process and its children only; it ends with them.
    List<String> command =
        new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "bash", "-c"));
    command.add(
        "mount -t tmpfs -o size=300k tmpfs '%s' || exit 99; \"$@\"; code=$?; ls -RAs '%s' >&2; exit $code"
            .formatted(disk, disk));
    command.add("bash");
    command.addAll(Cli.command(List.of(), detect(40, "-o", disk + "/" + output)));
    assumeTrue(new File("/usr/bin/unshare").exists(), "skipped: unshare is not installed");
    Cli.Result result = Cli.start(folder, command, Map.of());
    boolean refused = result.exitCode() == 99 || result.err().startsWith("unshare");
    assumeTrue(!refused, "skipped: nothing may be mounted here");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
    assertThat(result.err())
        .contains("avocet: " + disk + "/" + output, "No space left on device")
        .doesNotContain("Exception", ".part", ".tmp");
    if (output.equals("out.mp4")) {
      assertThat(result.err()).contains("free space there").doesNotContain(" out.mp4\n");
    }
  }
}
