package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;

/**
 * A pose that is followed from frame to frame.
 *
 * @param id the same in every frame for the same person; counted from 0 for each video
 * @param pose smoothed key points, with the scores of this frame
 * @param box smoothed, around the key points
 */
public record TrackedPose(int id, Pose pose, Box box) implements Drawable {
  /** Draws the pose, and the box with the number in a colour of its own. */
  @Override
  public void draw(Drawing drawing) {
    pose.draw(drawing);
    drawing.box(box.x1(), box.y1(), box.x2(), box.y2(), "#" + id, Palette.ofObject(id));
  }
}
