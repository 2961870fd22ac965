package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import dev.avocet.core.Point;
import dev.avocet.core.model.Skeleton;
import java.util.List;

/**
 * The key points of one object. Their names and the lines between them are in {@link
 * dev.avocet.core.model.ModelCard#skeleton}.
 *
 * @param keyPoints in the network's order
 */
public record Pose(List<KeyPoint> keyPoints) implements Drawable {
  /** Points that are less sure are not drawn. */
  private static final float DRAWN_FROM = 0.3f;

  private static final int LEFT = Palette.ofObject(1);
  private static final int RIGHT = Palette.ofObject(6);
  private static final int MIDDLE = Palette.ofObject(2);

  /** Copies the list. */
  public Pose {
    keyPoints = List.copyOf(keyPoints);
  }

  /** Draws the points, and the lines of a person where there are COCO's 17. */
  @Override
  public void draw(Drawing drawing) {
    draw(drawing, Skeleton.ofPoints(keyPoints.size()));
  }

  /**
   * Draws the points and a skeleton's lines, in one colour what is called {@code left_…}, in
   * another what is called {@code right_…}. Points with a score below 0.3 are left out.
   */
  public Drawable with(Skeleton skeleton) {
    return drawing -> draw(drawing, skeleton);
  }

  private void draw(Drawing drawing, Skeleton skeleton) {
    for (int i = 0; i < keyPoints.size(); i++) {
      if (isDrawn(i)) {
        drawing.dot(point(i), colour(skeleton, i, i));
      }
    }
    for (Skeleton.Limb limb : skeleton.limbs()) {
      if (isDrawn(limb.from()) && isDrawn(limb.to())) {
        drawing.line(
            point(limb.from()), point(limb.to()), colour(skeleton, limb.from(), limb.to()));
      }
    }
  }

  private boolean isDrawn(int i) {
    return i < keyPoints.size() && keyPoints.get(i).score() >= DRAWN_FROM;
  }

  private Point point(int i) {
    return new Point(keyPoints.get(i).x(), keyPoints.get(i).y());
  }

  private static int colour(Skeleton skeleton, int a, int b) {
    int one = colour(skeleton, a);
    return one == colour(skeleton, b) ? one : MIDDLE;
  }

  private static int colour(Skeleton skeleton, int i) {
    String name = i < skeleton.names().size() ? skeleton.names().get(i) : "";
    if (name.startsWith("left")) {
      return LEFT;
    }
    return name.startsWith("right") ? RIGHT : MIDDLE;
  }
}
