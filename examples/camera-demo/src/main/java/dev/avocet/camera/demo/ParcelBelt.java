package dev.avocet.camera.demo;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.SourceOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Photographs of parcels at half their size, side by side, of which a window shows a part that
 * moves to the right. {@link #close} from any thread.
 */
final class ParcelBelt implements FrameSource {
  static final int WIDTH = 854;
  static final int HEIGHT = 480;
  static final double RATE = 15;

  /** Pixels a frame. */
  private static final int STEP = 6;

  private static final int PICTURES = 6;

  private final String input;
  private final SourceOptions.Pace pace;

  /** The belt and a window more, so that no window has to be put together; BGR. */
  private final byte[] belt;

  private final int length;

  /** Pictures that came back; guarded by this. */
  private final ArrayDeque<Image> free = new ArrayDeque<>();

  private long index;
  private long dropped;
  private long start;
  private boolean closed;

  ParcelBelt(String input, SourceOptions.Pace pace) {
    this.input = input;
    this.pace = pace;
    Image[] pictures = new Image[PICTURES];
    try {
      int pixels = 0;
      for (int i = 0; i < PICTURES; i++) {
        pictures[i] = picture("parcel-%d.jpg".formatted(i + 1));
        pixels += pictures[i].width() / 2;
      }
      length = pixels;
      belt = new byte[3 * (length + WIDTH) * HEIGHT];
      int left = 0;
      for (Image picture : pictures) {
        lay(picture, left);
        left += picture.width() / 2;
      }
    } finally {
      for (Image picture : pictures) {
        if (picture != null) {
          picture.close();
        }
      }
    }
    int row = 3 * (length + WIDTH);
    for (int y = 0; y < HEIGHT; y++) {
      System.arraycopy(belt, y * row, belt, y * row + 3 * length, 3 * WIDTH);
    }
  }

  private static Image picture(String name) {
    try (InputStream in = ParcelBelt.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AvocetException(Status.FILE_NOT_FOUND, name + " is missing in the jar");
      }
      return ImageCodec.installed()
          .decode(ByteBuffer.wrap(in.readAllBytes()), ImageCodec.Options.DEFAULT);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, name + " cannot be read from the jar: " + e, e);
    }
  }

  /** Lays a BGR picture on the belt at half its size: means of four pixels. */
  private void lay(Image picture, int left) {
    ByteBuffer pixels = picture.plane(0);
    int stride = picture.planes().get(0).stride();
    int height = Math.min(HEIGHT, picture.height() / 2);
    for (int y = 0; y < height; y++) {
      int to = 3 * (y * (length + WIDTH) + left);
      for (int x = 0; x < picture.width() / 2; x++) {
        for (int c = 0; c < 3; c++) {
          int from = 2 * y * stride + 6 * x + c;
          int sum =
              (pixels.get(from) & 255)
                  + (pixels.get(from + 3) & 255)
                  + (pixels.get(from + stride) & 255)
                  + (pixels.get(from + stride + 3) & 255);
          belt[to++] = (byte) ((sum + 2) / 4);
        }
      }
    }
  }

  @Override
  public synchronized Optional<Frame> next() {
    if (pace == SourceOptions.Pace.REAL) {
      awaitTurn();
    }
    if (closed) {
      return Optional.empty();
    }
    Image image = free.isEmpty() ? Image.allocate(PixelFormat.BGR, WIDTH, HEIGHT) : free.pop();
    ByteBuffer pixels = image.plane(0);
    int stride = image.planes().get(0).stride();
    int left = (int) (index * STEP % length);
    for (int y = 0; y < HEIGHT; y++) {
      pixels.put(y * stride, belt, 3 * (y * (length + WIDTH) + left), 3 * WIDTH);
    }
    double time = index * 1000 / RATE;
    return Optional.of(Frame.of(input, index++, time, image, () -> giveBack(image)));
  }

  /** Waits until the next frame is due, or passes over those whose time is gone. */
  private void awaitTurn() {
    if (index == 0) {
      start = System.nanoTime();
    }
    long newest = (long) ((System.nanoTime() - start) * RATE / 1e9);
    if (newest > index) {
      dropped += newest - index;
      index = newest;
    }
    long due = start + (long) (index * 1e9 / RATE);
    try {
      for (long left = due - System.nanoTime();
          left > 0 && !closed;
          left = due - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      // Who interrupts wants an end, as everywhere.
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalDouble frameRate() {
    return OptionalDouble.of(RATE);
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
