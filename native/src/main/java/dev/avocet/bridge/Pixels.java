package dev.avocet.bridge;

import dev.avocet.core.Image;
import java.nio.ByteBuffer;

/** Copies of pictures. Stateless. */
final class Pixels {
  private Pixels() {}

  /** A copy, of stored pixels alone; the caller closes it. */
  static Image copyOf(Image image) {
    Image copy = Image.allocate(image.format(), image.width(), image.height());
    for (int p = 0; p < image.planes().size(); p++) {
      int row = image.format().rowBytes(p, image.width());
      ByteBuffer from = image.plane(p);
      ByteBuffer to = copy.plane(p);
      for (int y = 0; y < image.format().rows(p, image.height()); y++) {
        int place = y * copy.planes().get(p).stride();
        to.put(place, from, y * image.planes().get(p).stride(), row);
      }
    }
    return copy;
  }
}
