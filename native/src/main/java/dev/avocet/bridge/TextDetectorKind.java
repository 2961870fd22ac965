package dev.avocet.bridge;

import dev.avocet.TextDetector;
import dev.avocet.TextRegion;
import dev.avocet.core.Point;
import java.util.List;

/** Text detectors; {@code avocet/text_detector.h}. */
final class TextDetectorKind extends PictureKind<TextDetector> {
  TextDetectorKind() {
    super(
        TextDetector.class,
        TextDetector::builder,
        TextDetector::builder,
        TextDetector::warmup,
        TextDetector::stats);
  }

  @Override
  public Result apply(TextDetector handle, Input input) {
    List<List<TextRegion>> answers =
        handle.detectBatch(input.images(), input.options().detectOneClass());
    return out -> write(out, answers);
  }

  private static void write(Out out, List<List<TextRegion>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<TextRegion> found : answers) {
      int at = out.items(root, found.size(), Layouts.TextRegion.BYTES);
      for (TextRegion region : found) {
        int corner = at + Layouts.TextRegion.QUAD;
        for (Point point : region.quad().corners()) {
          out.float32(corner + Layouts.Point.X, point.x());
          out.float32(corner + Layouts.Point.Y, point.y());
          corner += Layouts.Point.BYTES;
        }
        out.float32(at + Layouts.TextRegion.SCORE, region.score());
        at += Layouts.TextRegion.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }
}
