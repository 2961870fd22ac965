package dev.avocet.bridge;

import dev.avocet.Classification;
import dev.avocet.Classifier;
import java.util.List;

/** Classifiers; {@code avocet/classifier.h}. */
final class ClassifierKind extends PictureKind<Classifier> {
  ClassifierKind() {
    super(
        Classifier.class,
        Classifier::builder,
        Classifier::builder,
        Classifier::warmup,
        Classifier::stats);
  }

  @Override
  public Result apply(Classifier handle, Input input) {
    List<List<Classification>> answers =
        handle.classifyBatch(input.images(), input.options().classify());
    return out -> write(out, answers);
  }

  /** An avocet_classifications_t for each picture or video. */
  static void write(Out out, List<List<Classification>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<Classification> classes : answers) {
      int at = out.items(root, classes.size(), Layouts.Classification.BYTES);
      for (Classification c : classes) {
        out.int32(at + Layouts.Classification.CLASS_ID, c.classId());
        out.float32(at + Layouts.Classification.SCORE, c.score());
        out.text(at + Layouts.Classification.LABEL, c.label());
        at += Layouts.Classification.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }
}
