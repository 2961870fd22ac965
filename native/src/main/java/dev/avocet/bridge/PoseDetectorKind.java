package dev.avocet.bridge;

import dev.avocet.Box;
import dev.avocet.CallOptions;
import dev.avocet.Pose;
import dev.avocet.PoseDetector;
import dev.avocet.core.Image;
import java.util.ArrayList;
import java.util.List;

/** Pose detectors; {@code avocet/pose_detector.h}. */
final class PoseDetectorKind extends PictureKind<PoseDetector> {
  PoseDetectorKind() {
    super(
        PoseDetector.class,
        PoseDetector::builder,
        PoseDetector::builder,
        PoseDetector::warmup,
        PoseDetector::stats);
  }

  @Override
  public Result apply(PoseDetector handle, Input input) {
    List<Image> images = input.images();
    CallOptions options = input.options().plain();
    List<List<Pose>> answers = new ArrayList<>();
    if (input.hasRegions()) {
      List<List<Box>> boxes = input.boxes();
      for (int i = 0; i < images.size(); i++) {
        answers.add(handle.detect(images.get(i), boxes.get(i), options));
      }
    } else {
      handle.detectBatch(images, options).forEach(pose -> answers.add(List.of(pose)));
    }
    return out -> write(out, answers);
  }

  private static void write(Out out, List<List<Pose>> answers) {
    int root = out.structs(answers.size(), Layouts.Items.BYTES);
    for (List<Pose> poses : answers) {
      int at = out.items(root, poses.size(), Layouts.Items.BYTES);
      for (Pose pose : poses) {
        out.int32(at + Layouts.Items.COUNT, pose.keyPoints().size());
        DetectorKind.keyPoints(out, at + Layouts.Items.ITEMS, pose.keyPoints());
        at += Layouts.Items.BYTES;
      }
      root += Layouts.Items.BYTES;
    }
  }
}
