package dev.avocet.conformance;

import dev.avocet.RecognizedText;
import dev.avocet.TextRecognizer;

/** Compares texts exactly, the scores of their tokens within 1e-4. */
final class TextRecognizerCases implements TaskRunner {
  @Override
  public Verdict run(Case one, RunOptions options) {
    String text = one.expected().path("text").textValue();
    float[] scores = JsonFile.floats(one.expected().path("score"));
    try (TextRecognizer recognizer = options.open(TextRecognizer.builder(one.model()))) {
      RecognizedText found = one.withPicture(recognizer::recognize);
      if (!found.text().equals(text) || found.scores().size() != scores.length) {
        return Verdict.differs(
            "text \"%s\" of %d tokens, expected \"%s\" of %d"
                .formatted(found.text(), found.scores().size(), text, scores.length));
      }
      for (int i = 0; i < scores.length; i++) {
        if (!(Comparison.scores(found.scores().get(i), scores[i]) <= 1)) {
          return Verdict.differs(
              "score %d is %s, expected %s".formatted(i, found.scores().get(i), scores[i]));
        }
      }
      return Verdict.AGREES;
    }
  }
}
