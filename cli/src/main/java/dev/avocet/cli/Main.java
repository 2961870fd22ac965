package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Rect;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry of the {@code avocet} command. */
public final class Main {
  private static final String VERBOSE = "--verbose";

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    String level = Arrays.asList(args).contains(VERBOSE) ? "info" : "error";
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", level);
    if (level.equals("error")) {
      // A camera that is lost, a hardware decoder that is not there.
      System.setProperty("org.slf4j.simpleLogger.log.dev.avocet.media", "warn");
      // A board that holds itself back.
      System.setProperty("org.slf4j.simpleLogger.log.dev.avocet.jetson", "warn");
      // What comes and goes while cameras run for weeks.
      System.setProperty("org.slf4j.simpleLogger.log.dev.avocet.camera", "info");
    }
    System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
    System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
    Console console =
        new Console(
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
            Boolean.getBoolean("avocet.terminal"));
    int exitCode = execute(console, args);
    console.out().flush();
    System.exit(exitCode);
  }

  /** Runs a command; answers its exit code. */
  static int execute(Console console, String... args) {
    AvocetCommand top = new AvocetCommand(console);
    CommandLine line = new CommandLine(top);
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.registerConverter(Device.class, converter(Device::parse));
    line.registerConverter(Rect.class, converter(Main::rect));
    line.setParameterExceptionHandler(usageMistake(console));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          printTrace(console, failure, args);
          return report(console, failure);
        });
    try {
      return line.execute(args);
    } catch (LinkageError | OutOfMemoryError e) {
      // picocli passes on what is no Exception; a native library that does not load is one.
      printTrace(console, e, args);
      return report(console, e);
    }
  }

  private static IParameterExceptionHandler usageMistake(Console console) {
    return (mistake, args) -> {
      CommandLine command = mistake.getCommandLine();
      console.say(oneLine(mistake.getMessage()));
      if (!UnmatchedArgumentException.printSuggestions(mistake, command.getErr())) {
        console.say("see '" + command.getCommandSpec().qualifiedName() + " --help'");
      }
      return CommandFailure.USAGE;
    };
  }

  private static int report(Console console, Throwable failure) {
    if (failure instanceof CommandFailure f) {
      console.say(oneLine(f.getMessage()));
      return f.exitCode();
    }
    if (failure instanceof AvocetException e) {
      console.say(oneLine(e.getMessage()));
    } else if (failure instanceof LinkageError e) {
      console.say(
          "the native libraries cannot be loaded; they are unpacked below XDG_CACHE_HOME or ~/.cache: "
              + oneLine(e.getMessage()));
    } else {
      console.say(
          "unexpected failure, please report it: %s (with %s: the stack trace)"
              .formatted(oneLine(String.valueOf(failure)), VERBOSE));
    }
    return CommandFailure.RUNNING;
  }

  private static void printTrace(Console console, Throwable failure, String[] args) {
    if (Arrays.asList(args).contains(VERBOSE)) {
      failure.printStackTrace(console.err());
    }
  }

  /** A message whose lines are joined. */
  static String oneLine(String message) {
    return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (AvocetException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  private static Rect rect(String text) {
    if (!text.matches("\\d{1,9},\\d{1,9},\\d{1,9},\\d{1,9}")) {
      throw AvocetException.invalidArgument(
          "region=%s: expected X,Y,WIDTH,HEIGHT in whole pixels".formatted(text));
    }
    int[] n = Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    return new Rect(n[0], n[1], n[2], n[3]);
  }
}
