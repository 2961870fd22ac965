package dev.avocet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process holds of the machine's memory. */
public final class ProcessMemory {
  private static final int ROUNDS = 10;

  private ProcessMemory() {}

  /**
   * Resident bytes without what the collector would free: the least of some samples, since it gives
   * memory back a little later than it says.
   */
  public static long settledBytes() throws InterruptedException {
    long least = residentBytes();
    for (int i = 0; i < 5; i++) {
      Thread.sleep(100);
      least = Math.min(least, residentBytes());
    }
    return least;
  }

  /**
   * The bytes by which the round that adds least adds to the process, of as many rounds as it takes
   * for one to add less than {@code limit}, ten at most. What leaks grows in every round; what the
   * JVM takes for itself while it compiles and collects comes to an end.
   */
  public static long leastGrowth(long limit, Runnable round) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS && least >= limit; i++) {
      long before = residentBytes();
      round.run();
      least = Math.min(least, residentBytes() - before);
    }
    return least;
  }

  private static long residentBytes() {
    System.gc();
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
