package dev.avocet.bench;

import com.sun.management.ThreadMXBean;
import dev.avocet.Detector;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.Shape;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Runs as many calls as each line of standard input says, and answers their median in nanoseconds
 * and the heap bytes a call allocates. Arguments: {@code detect MODEL PICTURE} for calls of a
 * detector, {@code net DEVICE FILE EXTENTS} for runs of a bare network on noise.
 */
public final class Blocks {
  private Blocks() {}

  /** Serves blocks until standard input ends. */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("net")) {
      net(Device.parse(args[1]), Path.of(args[2]), args[3]);
    } else {
      try (Detector detector = Detector.open(Path.of(args[1]));
          Image image = Image.read(Path.of(args[2]))) {
        serve(() -> detector.detect(image));
      }
    }
  }

  private static void net(Device device, Path file, String extents) throws IOException {
    long[] shape = Arrays.stream(extents.split(",", -1)).mapToLong(Long::parseLong).toArray();
    try (Net net = Net.open(file, device, NetOptions.DEFAULT);
        NetSlot slot = net.slot()) {
      FloatBuffer values = slot.input(0, Shape.of(shape)).floats();
      Random random = new Random(0);
      while (values.hasRemaining()) {
        values.put(random.nextFloat());
      }
      serve(slot::run);
    }
  }

  private static void serve(Runnable call) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      long[] times = new long[Integer.parseInt(line)];
      long heap = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        call.run();
        times[i] = System.nanoTime() - start;
      }
      heap = threads.getThreadAllocatedBytes(self) - heap;
      Arrays.sort(times);
      System.out.println(times[times.length / 2] + " " + heap / times.length);
    }
  }
}
