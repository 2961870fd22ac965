package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import java.util.Optional;

/**
 * What a picture or clip shows, as a whole.
 *
 * @param classId number of the class, from 0
 * @param label name of the class, where the model knows it
 * @param score as the network gives it, higher is surer; 0 to 1 where it ends in a softmax
 */
public record Classification(int classId, Optional<String> label, float score)
    implements Drawable {
  /** The label, or the class's number where there is none. */
  public String name() {
    return Names.of(classId, label);
  }

  /** Draws name and score into the upper left corner. */
  @Override
  public void draw(Drawing drawing) {
    drawing.caption(Names.scored(name(), score), Palette.ofObject(classId));
  }
}
