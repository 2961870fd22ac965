package dev.avocet.media;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The pictures of {@code test://}: eight bars that wander to the left by one pixel a frame, a white
 * square that goes round, and along the upper edge the frame's number in binary, 32 black or white
 * fields, the highest bit first. {@link #close} from any thread.
 */
final class TestPattern implements FrameSource {
  /**
   * Blue, green, red of the bars: white, yellow, cyan, green, magenta, red, blue, black at 75 %.
   */
  private static final int[] BARS = {
    0xbfbfbf, 0x00bfbf, 0xbfbf00, 0x00bf00, 0xbf00bf, 0x0000bf, 0xbf0000, 0x000000
  };

  private static final int BITS = 32;

  private final String input;
  private final int width;
  private final int height;
  private final double rate;
  private final OptionalLong frames;
  private final SourceOptions.Pace pace;

  /** Pictures that came back; guarded by this. */
  private final ArrayDeque<Image> free = new ArrayDeque<>();

  private final byte[] bars;
  private final byte[] row;
  private long index;
  private long dropped;
  private long start;
  private boolean closed;

  TestPattern(
      String input,
      int width,
      int height,
      double rate,
      OptionalLong frames,
      SourceOptions.Pace pace) {
    this.input = input;
    this.width = width;
    this.height = height;
    this.rate = rate;
    this.frames = frames;
    this.pace = pace;
    // Two rows long, so that any part of a row's length is one copy.
    this.bars = new byte[2 * 3 * width];
    for (int x = 0; x < 2 * width; x++) {
      put(bars, x, BARS[(int) ((long) (x % width) * BARS.length / width)]);
    }
    this.row = new byte[3 * width];
  }

  @Override
  public synchronized Optional<Frame> next() {
    if (pace == SourceOptions.Pace.REAL && !closed) {
      awaitTurn();
    }
    if (closed || (frames.isPresent() && index >= frames.getAsLong())) {
      return Optional.empty();
    }
    Image image = free.isEmpty() ? Image.allocate(PixelFormat.BGR, width, height) : free.pop();
    draw(image, index);
    double time = index * 1000 / rate;
    return Optional.of(Frame.of(input, index++, time, image, () -> giveBack(image)));
  }

  /** Waits until the next frame is due, or passes over those whose time is gone. */
  private void awaitTurn() {
    long now = System.nanoTime();
    if (index == 0) {
      start = now;
    }
    long newest = (long) ((now - start) * rate / 1e9);
    if (frames.isPresent()) {
      newest = Math.min(newest, frames.getAsLong() - 1);
    }
    if (newest > index) {
      dropped += newest - index;
      index = newest;
    }
    long due = start + (long) (index * 1e9 / rate);
    try {
      for (long left = due - now; left > 0 && !closed; left = due - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      // Who interrupts wants an end, as everywhere.
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private void draw(Image image, long number) {
    ByteBuffer pixels = image.plane(0);
    int stride = image.planes().get(0).stride();
    int field = Math.max(1, width / BITS);
    int top = Math.min(height, 2 * field);
    int side = Math.max(1, Math.min(width, height) / 6);
    int left = (int) (number * 3 % width);
    int upper = (int) (top + number * 2 % Math.max(1, height - top - side + 1));
    for (int y = 0; y < height; y++) {
      System.arraycopy(bars, (int) (number % width) * 3, row, 0, row.length);
      if (y < top) {
        for (int x = 0; x < Math.min(width, BITS * field); x++) {
          put(row, x, (number >> (BITS - 1 - x / field) & 1) == 0 ? 0 : 0xffffff);
        }
      } else if (y >= upper && y < upper + side) {
        for (int x = left; x < left + side; x++) {
          put(row, x % width, 0xffffff);
        }
      }
      pixels.put(y * stride, row);
    }
  }

  private static void put(byte[] row, int x, int bgr) {
    row[3 * x] = (byte) (bgr >> 16);
    row[3 * x + 1] = (byte) (bgr >> 8);
    row[3 * x + 2] = (byte) bgr;
  }

  @Override
  public OptionalLong size() {
    return frames;
  }

  @Override
  public OptionalDouble frameRate() {
    return OptionalDouble.of(rate);
  }

  @Override
  public synchronized long dropped() {
    return dropped;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    free.forEach(Image::close);
    free.clear();
  }

  private synchronized void giveBack(Image image) {
    if (closed) {
      image.close();
    } else {
      free.push(image);
    }
  }
}
