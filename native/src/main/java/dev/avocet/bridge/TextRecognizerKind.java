package dev.avocet.bridge;

import dev.avocet.CallOptions;
import dev.avocet.RecognizedText;
import dev.avocet.TextRecognizer;
import dev.avocet.core.Image;
import dev.avocet.core.Quad;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Text recognizers; {@code avocet/text_recognizer.h}. */
final class TextRecognizerKind extends PictureKind<TextRecognizer> {
  TextRecognizerKind() {
    super(
        TextRecognizer.class,
        TextRecognizer::builder,
        TextRecognizer::builder,
        TextRecognizer::warmup,
        TextRecognizer::stats);
  }

  @Override
  public Result apply(TextRecognizer handle, Input input) {
    List<Image> images = input.images();
    CallOptions options = input.options().plain();
    List<List<RecognizedText>> answers = new ArrayList<>();
    if (input.hasRegions()) {
      List<List<Quad>> quads = input.quads();
      for (int i = 0; i < images.size(); i++) {
        answers.add(handle.recognize(images.get(i), quads.get(i), options));
      }
    } else {
      handle.recognizeBatch(images, options).forEach(text -> answers.add(List.of(text)));
    }
    return out -> write(out, answers);
  }

  private static void write(Out out, List<List<RecognizedText>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<RecognizedText> texts : answers) {
      int at = out.items(root, texts.size(), Layouts.Text.BYTES);
      for (RecognizedText text : texts) {
        write(out, at, text);
        at += Layouts.Text.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }

  private static void write(Out out, int at, RecognizedText text) {
    List<Float> scores = text.scores();
    out.text(at + Layouts.Text.TEXT, text.text());
    out.int32(at + Layouts.Text.SCORE_COUNT, scores.size());
    out.float32(at + Layouts.Text.SCORE, text.score());
    if (!scores.isEmpty()) {
      FloatBuffer numbers = FloatBuffer.allocate(scores.size());
      scores.forEach(numbers::put);
      out.float32s(at + Layouts.Text.SCORES, numbers.flip());
    }
  }
}
