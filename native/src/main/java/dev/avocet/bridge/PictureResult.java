package dev.avocet.bridge;

import dev.avocet.core.Image;
import java.util.List;

/**
 * Pictures as a result: an avocet_image_t for each, whose pixels stay where they are.
 *
 * @param owned the pictures, closed when the result is released
 */
record PictureResult(List<Image> owned) implements Result {
  @Override
  public void write(Out out) {
    int at = out.structs(owned.size(), Layouts.Image.BYTES);
    for (Image image : owned) {
      Images.write(out, at, image);
      at += Layouts.Image.BYTES;
    }
  }
}
