package dev.avocet.bridge;

import dev.avocet.Box;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.KeyPoint;
import dev.avocet.core.Mask;
import java.util.List;

/** Detectors; {@code avocet/detector.h}. */
final class DetectorKind extends PictureKind<Detector> {
  DetectorKind() {
    super(Detector.class, Detector::builder, Detector::builder, Detector::warmup, Detector::stats);
  }

  @Override
  public Result apply(Detector handle, Input input) {
    List<List<Detection>> answers = handle.detectBatch(input.images(), input.options().detect());
    return out -> write(out, answers);
  }

  private static void write(Out out, List<List<Detection>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<Detection> found : answers) {
      int at = out.items(root, found.size(), Layouts.Detection.BYTES);
      for (Detection detection : found) {
        write(out, at, detection);
        at += Layouts.Detection.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }

  private static void write(Out out, int at, Detection detection) {
    out.int32(at + Layouts.Detection.CLASS_ID, detection.classId());
    out.float32(at + Layouts.Detection.SCORE, detection.score());
    box(out, at + Layouts.Detection.BOX, detection.box());
    out.text(at + Layouts.Detection.LABEL, detection.label());
    detection.mask().ifPresent(mask -> mask(out, at + Layouts.Detection.MASK, mask));
    if (!detection.keyPoints().isEmpty()) {
      keyPoints(out, at + Layouts.Detection.KEYPOINTS, detection.keyPoints());
      out.int32(at + Layouts.Detection.KEYPOINT_COUNT, detection.keyPoints().size());
    }
  }

  /** An avocet_rect_t. */
  static void box(Out out, int at, Box box) {
    out.float32(at + Layouts.Rect.LEFT, box.x1());
    out.float32(at + Layouts.Rect.TOP, box.y1());
    out.float32(at + Layouts.Rect.RIGHT, box.x2());
    out.float32(at + Layouts.Rect.BOTTOM, box.y2());
  }

  /** An array of avocet_keypoint_t, and a pointer to it. */
  static void keyPoints(Out out, int pointer, List<KeyPoint> points) {
    int at = out.structs(points.size(), Layouts.Keypoint.BYTES);
    out.pointer(pointer, at);
    for (KeyPoint point : points) {
      out.float32(at + Layouts.Keypoint.X, point.x());
      out.float32(at + Layouts.Keypoint.Y, point.y());
      out.float32(at + Layouts.Keypoint.SCORE, point.score());
      at += Layouts.Keypoint.BYTES;
    }
  }

  private static void mask(Out out, int pointer, Mask mask) {
    int at = out.structs(1, Layouts.Mask.BYTES);
    out.pointer(pointer, at);
    out.int32(at + Layouts.Mask.X, mask.window().x());
    out.int32(at + Layouts.Mask.Y, mask.window().y());
    out.int32(at + Layouts.Mask.WIDTH, mask.window().width());
    out.int32(at + Layouts.Mask.HEIGHT, mask.window().height());
    out.bytes(at + Layouts.Mask.DATA, mask.pixels());
  }
}
