package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import dev.avocet.core.model.ModelCard;
import dev.avocet.core.postprocess.Labels;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a picture or clip shows, as a whole.
 *
 * @param classId number of the class, from 0
 * @param label name of the class, where the model knows it
 * @param score as the network gives it, higher is surer; 0 to 1 where it ends in a softmax
 */
public record Classification(int classId, Optional<String> label, float score) implements Drawable {
  /** What a head answered, in its order. */
  static List<Classification> listOf(Labels labels, ModelCard card) {
    return IntStream.range(0, labels.ids().length)
        .mapToObj(
            i ->
                new Classification(
                    labels.ids()[i], card.label(labels.ids()[i]), labels.scores()[i]))
        .toList();
  }

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
