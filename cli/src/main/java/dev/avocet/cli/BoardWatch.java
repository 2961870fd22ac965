package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardReading;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says again and again how the board is: a line each time, for people or of JSON. Ends in order
 * when the process is told to.
 */
final class BoardWatch {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Console console;
  private final boolean json;
  private final double interval;
  private final long count;

  /**
   * A watch.
   *
   * @param interval seconds from one line to the next
   * @param count of lines
   */
  BoardWatch(Console console, boolean json, double interval, long count) {
    this.console = console;
    this.json = json;
    this.interval = interval;
    this.count = count;
  }

  /**
   * Watches a board.
   *
   * @param calls counts what is done on it meanwhile; negative where nothing is
   * @return the exit code
   */
  int run(Board board, LongSupplier calls) {
    CountDownLatch stop = new CountDownLatch(1);
    try (Interruption interruption = new Interruption(stop::countDown)) {
      long start = System.nanoTime();
      BoardReading before = board.read();
      long callsBefore = calls.getAsLong();
      headline(board, before);
      for (long i = 1; i <= count; i++) {
        long due = start + (long) (i * interval * 1e9);
        if (stop.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
        BoardReading now = board.read();
        long callsNow = calls.getAsLong();
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        say(
            now,
            (now.nanos() - start) / 1e9,
            callsNow < 0 ? -1 : (callsNow - callsBefore) / seconds,
            watts(now, before, seconds));
        before = now;
        callsBefore = callsNow;
      }
      return interruption.asked() ? Interruption.EXIT_CODE : 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(CommandFailure.RUNNING, "interrupted", e);
    }
  }

  private static OptionalDouble watts(BoardReading now, BoardReading before, double seconds) {
    OptionalDouble joules = now.joulesSince(before);
    return joules.isPresent() && seconds > 0
        ? OptionalDouble.of(joules.getAsDouble() / seconds)
        : OptionalDouble.empty();
  }

  private void headline(Board board, BoardReading reading) {
    if (!json) {
      print(BoardText.headline(board.facts()) + BoardText.unreadable(reading));
    }
  }

  /**
   * Says one reading.
   *
   * @param seconds since the beginning
   * @param callsPerSecond negative where there are none to count
   * @param watts mean since the reading before
   */
  void say(BoardReading reading, double seconds, double callsPerSecond, OptionalDouble watts) {
    OptionalDouble perJoule =
        callsPerSecond >= 0 && watts.orElse(0) > 0
            ? OptionalDouble.of(callsPerSecond / watts.getAsDouble())
            : OptionalDouble.empty();
    OptionalDouble rate =
        callsPerSecond >= 0 ? OptionalDouble.of(callsPerSecond) : OptionalDouble.empty();
    if (json) {
      ObjectNode line = JsonLine.object().put("t_s", BenchReport.rounded(seconds, 1e3));
      BoardJson.add(line, reading);
      BoardJson.put(line, "mean_watts", watts, 1);
      BoardJson.put(line, "calls_per_s", rate, 1);
      BoardJson.put(line, "calls_per_joule", perJoule, 1);
      JsonLine.write(console.out(), line);
    } else {
      String calls = rate.isPresent() ? BoardText.format("  %.1f calls/s", callsPerSecond) : "";
      String efficiency =
          perJoule.isPresent() ? BoardText.format("  %.2f calls/J", perJoule.getAsDouble()) : "";
      print(
          LocalTime.now(ZoneId.systemDefault()).format(TIME)
              + "  "
              + BoardText.line(reading)
              + calls
              + efficiency
              + "\n");
    }
    if (console.out().checkError()) {
      throw new CommandFailure(CommandFailure.RUNNING, "standard output is closed or full", null);
    }
  }

  private void print(String text) {
    console.out().print(text);
    console.out().flush();
  }
}
