package dev.avocet.cli;

import dev.avocet.CallOptions;
import dev.avocet.Classification;
import dev.avocet.Classifier;
import dev.avocet.ClassifyOptions;
import dev.avocet.RecognizedText;
import dev.avocet.TextRecognizer;
import dev.avocet.TextRegion;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.preprocess.Warp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads lines of text, and turns those that stand on their head before.
 *
 * @param recognizer reads a line
 * @param angle tells whether a line stands on its head: a classifier whose class 1 is 180 degrees
 */
record LineReader(TextRecognizer recognizer, Optional<Classifier> angle) {
  private static final int UPSIDE_DOWN = 1;

  /** How sure the classifier has to be, as in PaddleOCR ({@code cls_thresh}). */
  private static final float SURE = 0.9f;

  /** Reads a picture, or a part of it, as one line. */
  RecognizedText whole(Image image, Optional<Rect> region) {
    CallOptions options = new CallOptions(region, Optional.empty());
    List<Classification> classes =
        angle
            .map(
                a ->
                    a.classify(
                        image, new ClassifyOptions(OptionalInt.empty(), region, Optional.empty())))
            .orElse(List.of());
    if (!isUpsideDown(classes)) {
      return recognizer.recognize(image, options);
    }
    int width = image.uprightWidth();
    int height = image.uprightHeight();
    Optional<Rect> turned =
        region.map(
            r ->
                new Rect(
                    width - r.x() - r.width(), height - r.y() - r.height(), r.width(), r.height()));
    return recognizer.recognize(turned(image), new CallOptions(turned, Optional.empty()));
  }

  /** Reads regions of a picture; answers in their order. */
  List<RecognizedText> lines(Image image, List<TextRegion> regions) {
    List<Image> flat = new ArrayList<>();
    try {
      regions.forEach(region -> flat.add(Warp.warpQuad(image, region.quad())));
      return recognizer.recognizeBatch(angle.map(a -> upright(flat, a)).orElse(flat));
    } finally {
      flat.forEach(Image::close);
    }
  }

  private static List<Image> upright(List<Image> lines, Classifier angle) {
    List<List<Classification>> classes = angle.classifyBatch(lines);
    List<Image> upright = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Image line = lines.get(i);
      upright.add(isUpsideDown(classes.get(i)) ? turned(line) : line);
    }
    return upright;
  }

  private static boolean isUpsideDown(List<Classification> classes) {
    return classes.stream().anyMatch(c -> c.classId() == UPSIDE_DOWN && c.score() > SURE);
  }

  private static Image turned(Image image) {
    return image.rotated(
        switch (image.rotation()) {
          case NONE -> Rotation.HALF;
          case CLOCKWISE_90 -> Rotation.COUNTERCLOCKWISE_90;
          case HALF -> Rotation.NONE;
          case COUNTERCLOCKWISE_90 -> Rotation.CLOCKWISE_90;
        });
  }
}
