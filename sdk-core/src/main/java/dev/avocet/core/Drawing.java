package dev.avocet.core;

import java.util.List;

/**
 * A picture that results are drawn on. Measures such as the width of lines and the size of letters
 * are the drawing's own and follow from the picture's size.
 *
 * <p>Whatever the order of the calls, areas lie below lines and dots, and those below labels; of
 * one kind, what is drawn first lies on top, since results come best first. Coordinates are pixels
 * of the upright picture and may be anything: what is outside is cut off, what is not finite is
 * left out. Colours are {@code 0xRRGGBB}, for example from {@link Palette}. Confined to one thread.
 */
public interface Drawing {
  /** Colours the pixels of an object, so that the picture is still seen, and draws their edge. */
  void area(Mask mask, int rgb);

  /**
   * Colours every pixel of a window by its class, so that the picture is still seen, with the
   * colours of {@link Palette#ofMap}.
   *
   * @param window where the map lies
   * @param classes a class number for each pixel, row by row; not copied; negative ones are left as
   *     they are
   * @throws AvocetException INVALID_ARG where the number of pixels is not that of the window
   */
  void classes(Rect window, int[] classes);

  /**
   * The outline of an upright box with a label. Labels stand on a filled ground above what they
   * name, or at its upper edge where there is no room above, and never reach out of the picture.
   *
   * @param x1 left edge; edges may lie outside of the picture
   * @param y1 upper edge
   * @param x2 right edge
   * @param y2 lower edge
   * @param label may be empty
   */
  void box(float x1, float y1, float x2, float y2, String label, int rgb);

  /**
   * The outline of a polygon with a label, as {@link #box} has it.
   *
   * @param corners in order; the last is joined to the first
   * @param label may be empty
   */
  void polygon(List<Point> corners, String label, int rgb);

  /**
   * The outline of a line of text and, above it in letters that are smaller than the line's own,
   * what it says.
   *
   * @param corners in order; the last is joined to the first
   * @param text may be empty
   */
  void text(List<Point> corners, String text, int rgb);

  /** A line. */
  void line(Point from, Point to, int rgb);

  /** A filled dot. */
  void dot(Point centre, int rgb);

  /** A label in the picture's upper left corner, below the captions drawn before. */
  void caption(String text, int rgb);
}
