package dev.avocet.pipeline.internal;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;

/** Regions of interest. */
public final class Regions {
  private Regions() {}

  /**
   * A view of a region that is given in the upright picture.
   *
   * @throws AvocetException OUT_OF_RANGE where it is not inside
   */
  public static Image view(Image image, Rect upright) {
    if (upright.x() < 0
        || upright.y() < 0
        || (long) upright.x() + upright.width() > image.uprightWidth()
        || (long) upright.y() + upright.height() > image.uprightHeight()) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "region %s is not inside of the picture of %dx%d"
              .formatted(upright, image.uprightWidth(), image.uprightHeight()));
    }
    return image.region(stored(upright, image));
  }

  private static Rect stored(Rect r, Image image) {
    return switch (image.rotation()) {
      case NONE -> r;
      case CLOCKWISE_90 ->
          new Rect(r.y(), image.height() - r.x() - r.width(), r.height(), r.width());
      case HALF ->
          new Rect(
              image.width() - r.x() - r.width(),
              image.height() - r.y() - r.height(),
              r.width(),
              r.height());
      case COUNTERCLOCKWISE_90 ->
          new Rect(image.width() - r.y() - r.height(), r.x(), r.height(), r.width());
    };
  }
}
