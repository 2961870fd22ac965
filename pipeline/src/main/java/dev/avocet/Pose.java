package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import dev.avocet.core.Point;
import dev.avocet.core.model.Skeleton;
import java.util.List;

/**
 * The key points of one object.
 *
 * @param keyPoints in the network's order
 * @param skeleton names of the points and the lines between them, as far as the model knows them
 */
public record Pose(List<KeyPoint> keyPoints, Skeleton skeleton) implements Drawable {
  /** Points that are less sure are not drawn. */
  private static final float DRAWN_FROM = 0.3f;

  private static final int LEFT = Palette.ofObject(1);
  private static final int RIGHT = Palette.ofObject(6);
  private static final int MIDDLE = Palette.ofObject(2);

  /** Copies the list. */
  public Pose {
    keyPoints = List.copyOf(keyPoints);
  }

  /** With COCO's skeleton of a person where there are 17 points, else without lines. */
  public Pose(List<KeyPoint> keyPoints) {
    this(keyPoints, Skeleton.ofPoints(keyPoints.size()));
  }

  /**
   * Draws the points and the skeleton's lines, in one colour what is called {@code left…}, in
   * another what is called {@code right…}. Points with a score below 0.3 are left out.
   */
  @Override
  public void draw(Drawing drawing) {
    for (int i = 0; i < keyPoints.size(); i++) {
      if (isDrawn(i)) {
        drawing.dot(point(i), colour(i, i));
      }
    }
    for (Skeleton.Limb limb : skeleton.limbs()) {
      if (isDrawn(limb.from()) && isDrawn(limb.to())) {
        drawing.line(point(limb.from()), point(limb.to()), colour(limb.from(), limb.to()));
      }
    }
  }

  private boolean isDrawn(int i) {
    return i < keyPoints.size() && keyPoints.get(i).score() >= DRAWN_FROM;
  }

  private Point point(int i) {
    return new Point(keyPoints.get(i).x(), keyPoints.get(i).y());
  }

  private int colour(int a, int b) {
    int one = colour(a);
    return one == colour(b) ? one : MIDDLE;
  }

  private int colour(int i) {
    String name = i < skeleton.names().size() ? skeleton.names().get(i) : "";
    if (name.startsWith("left")) {
      return LEFT;
    }
    return name.startsWith("right") ? RIGHT : MIDDLE;
  }
}
