package dev.avocet.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with the class path of the test, seen from outside. */
public final class OtherJvm {
  private OtherJvm() {}

  /**
   * Its command line, options of the JVM first.
   *
   * @param options of the JVM
   * @param main has the main method
   */
  public static List<String> command(List<String> options, Class<?> main, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      // Else the JVM itself warns of native libraries.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /**
   * What a run left.
   *
   * @param exitCode of the process
   * @param output what it wrote, standard output and error together
   */
  public record Result(int exitCode, String output) {}

  /**
   * Runs it to its end.
   *
   * @param output file for what it writes; made here
   */
  public static Result run(Path output, List<String> options, Class<?> main, String... args)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(options, main, args))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exitCode = process.waitFor();
    return new Result(exitCode, Files.readString(output));
  }
}
