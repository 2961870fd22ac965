package dev.avocet.bridge;

import dev.avocet.RotatedDetection;
import dev.avocet.RotatedDetector;
import java.util.List;

/** Rotated detectors; {@code avocet/rotated_detector.h}. */
final class RotatedDetectorKind extends PictureKind<RotatedDetector> {
  RotatedDetectorKind() {
    super(
        RotatedDetector.class,
        RotatedDetector::builder,
        RotatedDetector::builder,
        RotatedDetector::warmup,
        RotatedDetector::stats);
  }

  @Override
  public Result apply(RotatedDetector handle, Input input) {
    List<List<RotatedDetection>> answers =
        handle.detectBatch(input.images(), input.options().detect());
    return out -> write(out, answers);
  }

  private static void write(Out out, List<List<RotatedDetection>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<RotatedDetection> found : answers) {
      int at = out.items(root, found.size(), Layouts.RotatedDetection.BYTES);
      for (RotatedDetection detection : found) {
        write(out, at, detection);
        at += Layouts.RotatedDetection.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }

  private static void write(Out out, int at, RotatedDetection detection) {
    out.int32(at + Layouts.RotatedDetection.CLASS_ID, detection.classId());
    out.float32(at + Layouts.RotatedDetection.SCORE, detection.score());
    out.float32(at + Layouts.RotatedDetection.CX, detection.cx());
    out.float32(at + Layouts.RotatedDetection.CY, detection.cy());
    out.float32(at + Layouts.RotatedDetection.WIDTH, detection.width());
    out.float32(at + Layouts.RotatedDetection.HEIGHT, detection.height());
    out.float32(at + Layouts.RotatedDetection.ANGLE, detection.angle());
    out.text(at + Layouts.RotatedDetection.LABEL, detection.label());
  }
}
