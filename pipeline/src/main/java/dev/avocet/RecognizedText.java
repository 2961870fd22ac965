package dev.avocet;

import dev.avocet.core.Drawable;
import dev.avocet.core.Drawing;
import dev.avocet.core.Palette;
import dev.avocet.core.postprocess.TextLine;
import java.util.ArrayList;
import java.util.List;

/**
 * A text that was read.
 *
 * @param text the characters, empty where nothing was read
 * @param scores one for each token of the model's dictionary, in order; a token is mostly one
 *     character
 */
public record RecognizedText(String text, List<Float> scores) implements Drawable {
  static final int COLOUR = Palette.ofObject(2);

  /** Copies the list. */
  public RecognizedText {
    scores = List.copyOf(scores);
  }

  /** What a head answered. */
  static RecognizedText of(TextLine line) {
    List<Float> scores = new ArrayList<>(line.scores().length);
    for (float score : line.scores()) {
      scores.add(score);
    }
    return new RecognizedText(line.text(), scores);
  }

  /**
   * Draws the text into the upper left corner; {@link TextRegion#with} draws it where it stands.
   */
  @Override
  public void draw(Drawing drawing) {
    drawing.caption(text, COLOUR);
  }

  /** Mean of the scores, 0 for an empty text. */
  public float score() {
    return (float) scores.stream().mapToDouble(Float::doubleValue).average().orElse(0);
  }
}
