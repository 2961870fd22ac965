package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import java.util.Optional;

/**
 * An object found in a picture, with a box that is turned as the object is. In pixels of the
 * upright source picture.
 *
 * @param classId number of its class, from 0
 * @param label name of its class, where the model knows it
 * @param score 0 to 1, higher is surer
 * @param cx centre of the box, from the left
 * @param cy centre of the box, from the top
 * @param width length of the edges along {@code angle}
 * @param height length of the other edges
 * @param angle of the width's edges to the x axis in radians, clockwise as one looks at the picture
 */
public record RotatedDetection(
    int classId,
    Optional<String> label,
    float score,
    float cx,
    float cy,
    float width,
    float height,
    float angle)
    implements Drawable {
  /** The label, or the class's number where there is none. */
  public String name() {
    return Names.of(classId, label);
  }

  /** The corners; at angle 0: upper left, upper right, lower right, lower left. */
  public Quad corners() {
    double ux = Math.cos(angle) * width / 2;
    double uy = Math.sin(angle) * width / 2;
    double vx = -Math.sin(angle) * height / 2;
    double vy = Math.cos(angle) * height / 2;
    return new Quad(
        at(-ux - vx, -uy - vy), at(ux - vx, uy - vy), at(ux + vx, uy + vy), at(vx - ux, vy - uy));
  }

  /** Draws the turned box with name and score. */
  @Override
  public void draw(Drawing drawing) {
    drawing.polygon(corners().corners(), Names.scored(name(), score), Palette.ofObject(classId));
  }

  private Point at(double dx, double dy) {
    return new Point((float) (cx + dx), (float) (cy + dy));
  }
}
