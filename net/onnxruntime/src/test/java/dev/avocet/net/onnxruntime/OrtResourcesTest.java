package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs and sessions cost in memory. */
class OrtResourcesTest {
  private static final int ROUNDS = 5;

  /** What leaks grows in every round; what the JVM takes for itself, it takes in one of them. */
  private static long leastGrowthKib(Runnable round) throws IOException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = residentKib();
      round.run();
      least = Math.min(least, residentKib() - before);
    }
    return least;
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {8, -1})
  void shouldTakeNoHeapAndNotGrowWhenRunning(long extent) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Net net = Nets.open(Nets.affine(1, extent, 1000));
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(1, 8, 1000));
      for (int i = 0; i < 5000; i++) {
        slot.run();
        slot.output(0);
      }
      int runs = 20_000;
      long before = threads.getCurrentThreadAllocatedBytes();
      long growth =
          leastGrowthKib(
              () -> {
                for (int i = 0; i < runs; i++) {
                  slot.run();
                  slot.output(0);
                }
              });
      long heap = (threads.getCurrentThreadAllocatedBytes() - before) / ((long) ROUNDS * runs);
      assertThat(heap).as("heap bytes a run").isBetween(0L, 100L);
      assertThat(growth).as("KiB more after %d runs", runs).isLessThan(1024);
    }
  }

  @Test
  void shouldNotGrowWhenSessionsComeAndGo() throws IOException {
    byte[] onnx = Nets.affine(-1, 64).build();
    long growth =
        leastGrowthKib(
            () -> {
              for (int i = 0; i < 200; i++) {
                try (Net net = Nets.open(onnx, Device.CPU, new NetOptions(2, java.util.Map.of()));
                    NetSlot slot = net.slot()) {
                  slot.input(0, Shape.of(1 + i % 3, 64));
                  slot.run();
                }
              }
            });
    assertThat(growth).as("KiB more in 200 sessions").isLessThan(2048);
  }
}
