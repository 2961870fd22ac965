package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Mask;
import dev.avocet.core.Palette;
import dev.avocet.core.Point;
import java.util.List;
import java.util.Optional;

/**
 * An object found in a picture.
 *
 * @param classId number of its class, from 0
 * @param label name of its class, where the model knows it
 * @param score 0 to 1, higher is surer
 * @param box where it is, in pixels of the upright source picture
 * @param mask its pixels, where the model gives them
 * @param keyPoints its key points, where the model gives them, else empty
 */
public record Detection(
    int classId,
    Optional<String> label,
    float score,
    Box box,
    Optional<Mask> mask,
    List<KeyPoint> keyPoints)
    implements Drawable {
  /** Copies the list. */
  public Detection {
    keyPoints = List.copyOf(keyPoints);
  }

  /** Without mask and key points. */
  public Detection(int classId, Optional<String> label, float score, Box box) {
    this(classId, label, score, box, Optional.empty(), List.of());
  }

  /** The label, or the class's number where there is none. */
  public String name() {
    return Names.of(classId, label);
  }

  /** Draws the mask, the box with name and score, and the key points. */
  @Override
  public void draw(Drawing drawing) {
    int rgb = Palette.ofObject(classId);
    mask.ifPresent(m -> drawing.area(m, rgb));
    drawing.box(box.x1(), box.y1(), box.x2(), box.y2(), Names.scored(name(), score), rgb);
    keyPoints.forEach(p -> drawing.dot(new Point(p.x(), p.y()), rgb));
  }
}
