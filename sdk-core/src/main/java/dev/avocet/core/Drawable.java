package dev.avocet.core;

/**
 * Something that can be drawn on a picture, as every result of a handle can. What draws is {@code
 * dev.avocet.media.Annotator}.
 */
@FunctionalInterface
public interface Drawable {
  /** Draws itself, in pixels of the upright source picture. */
  void draw(Drawing drawing);
}
