package dev.avocet.track;

import dev.avocet.Box;
import dev.avocet.core.postprocess.KeyPoints;
import java.util.List;
import java.util.Optional;

/** Boxes and poses compared. Stateless; in float32 throughout, as the reference is. */
final class Geometry {
  private Geometry() {}

  static float area(Box box) {
    return box.width() * box.height();
  }

  static float[] centre(Box box) {
    return new float[] {.5f * (box.x1() + box.x2()), .5f * (box.y1() + box.y2())};
  }

  static float[] size(Box box) {
    return new float[] {box.width(), box.height()};
  }

  static Box box(float x, float y, float width, float height) {
    return new Box(x - .5f * width, y - .5f * height, x + .5f * width, y + .5f * height);
  }

  /** Whether a box, its corners in any order, shows some of the frame. */
  static boolean showsSome(Box box, int width, int height) {
    return Math.min(Math.max(box.x1(), box.x2()), width) > Math.max(Math.min(box.x1(), box.x2()), 0)
        && Math.min(Math.max(box.y1(), box.y2()), height)
            > Math.max(Math.min(box.y1(), box.y2()), 0);
  }

  /** Intersection over union; 0 where both are empty. */
  static float overlap(Box a, Box b) {
    float width = Math.max(0, Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1()));
    float height = Math.max(0, Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1()));
    float both = width * height;
    float either = area(a) + area(b) - both;
    return either == 0 ? 0 : both / either;
  }

  /**
   * Object key-point similarity, as COCO defines it but for the size: the mean of the diagonals.
   */
  static float similarity(KeyPoints a, Box boxA, KeyPoints b, Box boxB, List<Float> sigmas) {
    float size = .5f * (diagonal(boxA) + diagonal(boxB));
    float sum = 0;
    for (int i = 0; i < sigmas.size(); i++) {
      float dx = a.x()[i] - b.x()[i];
      float dy = a.y()[i] - b.y()[i];
      float sigma = sigmas.get(i);
      sum += (float) Math.exp(-(dx * dx + dy * dy) / (2 * size * size * sigma * sigma));
    }
    return sum / sigmas.size();
  }

  private static float diagonal(Box box) {
    return (float) Math.sqrt(box.width() * box.width() + box.height() * box.height());
  }

  /**
   * The box around a pose's visible points, enlarged and clipped to the frame; empty where fewer
   * are visible than wanted, or none (for which the reference has an inverted box).
   */
  static Optional<Box> around(KeyPoints pose, TrackerParams params, int width, int height) {
    int visible = 0;
    float x1 = width;
    float y1 = height;
    float x2 = 0;
    float y2 = 0;
    for (int i = 0; i < pose.x().length; i++) {
      if (pose.scores()[i] >= params.keyPointThreshold()) {
        x1 = Math.min(x1, pose.x()[i]);
        y1 = Math.min(y1, pose.y()[i]);
        x2 = Math.max(x2, pose.x()[i]);
        y2 = Math.max(y2, pose.y()[i]);
        visible++;
      }
    }
    if (visible < Math.max(1, wantedPoints(params, pose.x().length))) {
      return Optional.empty();
    }
    float x = .5f * (x1 + x2);
    float y = .5f * (y1 + y2);
    float halfWidth = .5f * ((x2 - x1) * params.boxScale());
    float halfHeight = .5f * ((y2 - y1) * params.boxScale());
    return Optional.of(
        new Box(
            clip(x - halfWidth, width),
            clip(y - halfHeight, height),
            clip(x + halfWidth, width),
            clip(y + halfHeight, height)));
  }

  /** How many of a pose's points have to be there. */
  static int wantedPoints(TrackerParams params, int points) {
    return params.minKeyPoints() >= 0 ? params.minKeyPoints() : (points + 1) / 2;
  }

  private static float clip(float v, int high) {
    return Math.max(0, Math.min(high, v));
  }
}
