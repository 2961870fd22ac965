package dev.avocet.camera.demo;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.Status;
import dev.avocet.media.DrawnSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Photographs of parcels at half their size, side by side, of which a window shows a part that
 * moves to the right. Confined to one thread at a time.
 */
final class ParcelBelt implements DrawnSource.Painter {
  static final int WIDTH = 854;
  static final int HEIGHT = 480;
  static final double RATE = 15;

  /** Pixels a frame. */
  private static final int STEP = 6;

  private static final int PICTURES = 6;

  /** The belt and a window more, so that no window has to be put together; BGR. */
  private final byte[] belt;

  private final int length;

  ParcelBelt() {
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
  public void draw(Image image, long number) {
    ByteBuffer pixels = image.plane(0);
    int stride = image.planes().get(0).stride();
    int left = (int) (number * STEP % length);
    for (int y = 0; y < HEIGHT; y++) {
      pixels.put(y * stride, belt, 3 * (y * (length + WIDTH) + left), 3 * WIDTH);
    }
  }
}
