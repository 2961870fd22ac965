package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.Rotation;
import dev.avocet.core.Value;
import dev.avocet.preprocess.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A picture on its way through a pipeline. As a value it is the picture alone, or an object {@code
 * {ori_img, region: [x, y, width, height], bbox: [x, y, width, height]}}: a region where the pixel
 * format allows no view of it (odd edges of subsampled formats), a box for networks that look at
 * one.
 *
 * @param image borrowed
 * @param region what counts of it, in pixels of the upright picture
 * @param box in pixels of the region
 */
public record Sample(Image image, Rect region, Optional<RectF> box) {
  /** Reads a sample. */
  public static Sample of(Value value) {
    if (!(value instanceof Value.Fields)) {
      return of(value.asImage());
    }
    // The reference's trackers call the picture that is loaded "img".
    Image image = value.get(value.has("ori_img") ? "ori_img" : "img").asImage();
    Rect region = of(image).region;
    if (value.has("region")) {
      float[] r = numbers(value, "region");
      region = new Rect((int) r[0], (int) r[1], (int) r[2], (int) r[3]);
    }
    Optional<RectF> box = Optional.empty();
    if (value.has("bbox")) {
      float[] b = numbers(value, "bbox");
      box = Optional.of(new RectF(b[0], b[1], b[2], b[3]));
    }
    return new Sample(image, region, box);
  }

  private static Sample of(Image image) {
    Rect whole = new Rect(0, 0, image.uprightWidth(), image.uprightHeight());
    return new Sample(image, whole, Optional.empty());
  }

  private static float[] numbers(Value value, String field) {
    float[] numbers = value.get(field).asFloats();
    if (numbers.length < 4) {
      throw AvocetException.invalidArgument(
          "%s has %d numbers: expected x, y, width, height".formatted(field, numbers.length));
    }
    return numbers;
  }

  /** A part of it, in pixels of the region. */
  public Sample part(Rect part) {
    Rect inside =
        new Rect(region.x() + part.x(), region.y() + part.y(), part.width(), part.height());
    return new Sample(image, inside, Optional.empty());
  }

  /** The same, asking about a box in pixels of the region. */
  public Sample withBox(RectF box) {
    return new Sample(image, region, Optional.of(box));
  }

  /** The same upside down. */
  public Sample turned() {
    Rotation rotation =
        switch (image.rotation()) {
          case NONE -> Rotation.HALF;
          case CLOCKWISE_90 -> Rotation.COUNTERCLOCKWISE_90;
          case HALF -> Rotation.NONE;
          case COUNTERCLOCKWISE_90 -> Rotation.CLOCKWISE_90;
        };
    Rect turned =
        new Rect(
            image.uprightWidth() - region.x() - region.width(),
            image.uprightHeight() - region.y() - region.height(),
            region.width(),
            region.height());
    return new Sample(image.rotated(rotation), turned, Optional.empty());
  }

  /** For preprocessing; without a box the whole region is the box. */
  Source source() {
    return Source.of(image, region)
        .withBox(box.orElseGet(() -> new RectF(0, 0, region.width(), region.height())));
  }

  /** The sample as a value; a region becomes a view where it can. */
  public Value toValue() {
    Rect stored = stored();
    boolean even = (stored.x() | stored.y() | stored.width() | stored.height()) % 2 == 0;
    boolean whole = stored.width() == image.width() && stored.height() == image.height();
    boolean view = !whole && (even || !image.format().subsampled());
    Value picture = Value.of(view ? image.region(stored) : image);
    if (box.isEmpty() && (whole || view)) {
      return picture;
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("ori_img", picture);
    if (!whole && !view) {
      fields.put("region", list(region.x(), region.y(), region.width(), region.height()));
    }
    box.ifPresent(b -> fields.put("bbox", Value.of(b.x(), b.y(), b.width(), b.height())));
    return new Value.Fields(fields);
  }

  private static Value list(int... numbers) {
    return Value.of(
        List.of(
            Value.of(numbers[0]),
            Value.of(numbers[1]),
            Value.of(numbers[2]),
            Value.of(numbers[3])));
  }

  /** The region in the stored pixels, before the picture's rotation. */
  private Rect stored() {
    int right = image.uprightWidth() - region.x() - region.width();
    int below = image.uprightHeight() - region.y() - region.height();
    return switch (image.rotation()) {
      case NONE -> region;
      case CLOCKWISE_90 -> new Rect(region.y(), right, region.height(), region.width());
      case HALF -> new Rect(right, below, region.width(), region.height());
      case COUNTERCLOCKWISE_90 -> new Rect(below, region.x(), region.height(), region.width());
    };
  }
}
