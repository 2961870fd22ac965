package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Quad;

/**
 * A place in a picture where there is text.
 *
 * @param quad its corners in order around it, in pixels of the upright source picture
 * @param score 0 to 1, higher is surer
 */
public record TextRegion(Quad quad, float score) implements Drawable {
  /** Draws the outline. */
  @Override
  public void draw(Drawing drawing) {
    drawing.text(quad.corners(), "", RecognizedText.COLOUR);
  }

  /** Draws the outline with what was read in it. */
  public Drawable with(RecognizedText read) {
    return drawing -> drawing.text(quad.corners(), read.text(), RecognizedText.COLOUR);
  }
}
