package dev.avocet.bench;

import com.sun.management.ThreadMXBean;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs as many {@code detect} calls as each line of standard input says, and answers their median
 * in nanoseconds and the heap bytes a call allocates. Arguments: model, picture.
 */
public final class Blocks {
  private Blocks() {}

  /** Serves blocks until standard input ends. */
  public static void main(String[] args) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    try (Detector detector = Detector.open(Path.of(args[0]));
        Image image = Image.read(Path.of(args[1]))) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        long[] times = new long[Integer.parseInt(line)];
        long heap = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < times.length; i++) {
          long start = System.nanoTime();
          detector.detect(image);
          times[i] = System.nanoTime() - start;
        }
        heap = threads.getThreadAllocatedBytes(self) - heap;
        Arrays.sort(times);
        System.out.println(times[times.length / 2] + " " + heap / times.length);
      }
    }
  }
}
