package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs the command and keeps what it says. */
final class Cli {
  /** What a run left behind. */
  record Result(int exitCode, String out, String err) {
    List<String> outLines() {
      return out.lines().toList();
    }

    /** Checks that it failed with one line on the error stream and without a stack trace. */
    void assertFailed(int code, String... words) {
      assertThat(exitCode).as(this::toString).isEqualTo(code);
      assertThat(err).contains(words).doesNotContain("\tat ", "Exception");
      assertThat(err.lines()).allMatch(line -> line.startsWith("avocet: "));
    }
  }

  private Cli() {}

  static Path root() {
    return Path.of(System.getProperty("avocet.root"));
  }

  static Path parcels() {
    return root().resolve("models/parcels");
  }

  static String picture(int number) {
    return root().resolve("examples/media/parcel-" + number + ".jpg").toString();
  }

  /** Runs in this process. */
  static Result run(String... args) {
    System.setProperty("avocet.home", root().toString());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    int exitCode = Main.execute(console, args);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The command line of a process of its own. */
  static List<String> command(List<String> jvmOptions, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmOptions);
    command.add("-Davocet.home=" + root());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(Arrays.asList(args));
    return command;
  }

  /** Runs a process in a folder, its streams kept in files there. */
  static Result start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("avocet-test", ".out");
    Path err = Files.createTempFile("avocet-test", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      int exitCode = builder.start().waitFor();
      return new Result(exitCode, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
