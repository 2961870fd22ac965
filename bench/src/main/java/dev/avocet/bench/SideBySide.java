package dev.avocet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pairs two programs that both run blocks of calls on demand ({@link Blocks} and the peer's), so
 * that each block of one stands beside a block of the other in the same state of the machine.
 * Arguments: alternations, calls a block, our command, the peer's command (each one string, split
 * at spaces).
 */
public final class SideBySide {
  private static final int WARM_UP_BLOCKS = 10;

  private SideBySide() {}

  private record Program(Process process, BufferedReader out, PrintStream in) {
    static Program start(String command) throws IOException {
      Process process =
          new ProcessBuilder(List.of(command.split(" ", -1)))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Program(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
          new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8));
    }

    long[] block(int calls) throws IOException {
      in.println(calls);
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the program ended: " + process.info().commandLine().orElse("?"));
      }
      return Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }
  }

  /** Runs the pairs and prints what they gave. */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[0]);
    int calls = Integer.parseInt(args[1]);
    Program ours = Program.start(args[2]);
    Program peer = Program.start(args[3]);
    try {
      ours.block(WARM_UP_BLOCKS * calls);
      peer.block(WARM_UP_BLOCKS * calls);
      double[] ratios = new double[rounds];
      double[] our = new double[rounds];
      double[] their = new double[rounds];
      long heap = 0;
      for (int i = 0; i < rounds; i++) {
        // Who goes first changes, so that neither always follows the other's cache and clock.
        long[] a = i % 2 == 0 ? ours.block(calls) : null;
        long[] b = peer.block(calls);
        a = a == null ? ours.block(calls) : a;
        our[i] = a[0] / 1e6;
        their[i] = b[0] / 1e6;
        ratios[i] = our[i] / their[i];
        heap = Math.max(heap, a[1]);
      }
      System.out.printf(
          Locale.ROOT,
          "alternations=%d calls=%d ours_ms=%.3f peer_ms=%.3f ratio_median=%.3f"
              + " ratio_lower_quartile=%.3f ratio_upper_quartile=%.3f heap_bytes_a_call=%d%n",
          rounds,
          calls,
          quantile(our, 0.5),
          quantile(their, 0.5),
          quantile(ratios, 0.5),
          quantile(ratios, 0.25),
          quantile(ratios, 0.75),
          heap);
    } finally {
      ours.process.destroy();
      peer.process.destroy();
    }
  }

  private static double quantile(double[] values, double q) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round(q * (sorted.length - 1))];
  }
}
