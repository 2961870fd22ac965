package dev.avocet.bridge;

import dev.avocet.Box;
import dev.avocet.Classification;
import dev.avocet.Detection;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.RecognizedText;
import dev.avocet.RotatedDetection;
import dev.avocet.Segmentation;
import dev.avocet.TextRegion;
import dev.avocet.TrackedPose;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Point;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.postprocess.SegmentationMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** Reads results as a C program does, into what the Java handle would have answered. */
final class CResults {
  private CResults() {}

  /** What an {@link Layouts.Items} counts. */
  static <T> List<T> items(long at, int bytes, LongFunction<T> reader) {
    int count = CMemory.int32(at + Layouts.Items.COUNT);
    assertZero(CMemory.int32(at + Layouts.Items.COUNT + Layouts.INT32));
    return array(CMemory.int64(at + Layouts.Items.ITEMS), count, bytes, reader);
  }

  private static <T> List<T> array(long at, int count, int bytes, LongFunction<T> reader) {
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(reader.apply(at + (long) i * bytes));
    }
    return items;
  }

  private static void assertZero(int reserved) {
    if (reserved != 0) {
      throw new AssertionError("reserved=" + reserved);
    }
  }

  private static Optional<String> label(long at) {
    return Optional.ofNullable(CStructs.textAt(at));
  }

  static List<Classification> classifications(long at) {
    return items(
        at,
        Layouts.Classification.BYTES,
        c ->
            new Classification(
                CMemory.int32(c + Layouts.Classification.CLASS_ID),
                label(c + Layouts.Classification.LABEL),
                CMemory.float32(c + Layouts.Classification.SCORE)));
  }

  static List<Detection> detections(long at) {
    return items(
        at,
        Layouts.Detection.BYTES,
        d ->
            new Detection(
                CMemory.int32(d + Layouts.Detection.CLASS_ID),
                label(d + Layouts.Detection.LABEL),
                CMemory.float32(d + Layouts.Detection.SCORE),
                box(d + Layouts.Detection.BOX),
                mask(CMemory.int64(d + Layouts.Detection.MASK)),
                keyPoints(
                    CMemory.int64(d + Layouts.Detection.KEYPOINTS),
                    CMemory.int32(d + Layouts.Detection.KEYPOINT_COUNT))));
  }

  private static Optional<Mask> mask(long at) {
    if (at == 0) {
      return Optional.empty();
    }
    Rect window =
        new Rect(
            CMemory.int32(at + Layouts.Mask.X),
            CMemory.int32(at + Layouts.Mask.Y),
            CMemory.int32(at + Layouts.Mask.WIDTH),
            CMemory.int32(at + Layouts.Mask.HEIGHT));
    byte[] pixels = new byte[window.width() * window.height()];
    Memory.view(CMemory.int64(at + Layouts.Mask.DATA), pixels.length).get(pixels);
    return Optional.of(new Mask(window, pixels));
  }

  private static Box box(long at) {
    return new Box(
        CMemory.float32(at + Layouts.Rect.LEFT),
        CMemory.float32(at + Layouts.Rect.TOP),
        CMemory.float32(at + Layouts.Rect.RIGHT),
        CMemory.float32(at + Layouts.Rect.BOTTOM));
  }

  private static List<KeyPoint> keyPoints(long at, int count) {
    return array(
        at,
        count,
        Layouts.Keypoint.BYTES,
        p ->
            new KeyPoint(
                CMemory.float32(p + Layouts.Keypoint.X),
                CMemory.float32(p + Layouts.Keypoint.Y),
                CMemory.float32(p + Layouts.Keypoint.SCORE)));
  }

  static List<RotatedDetection> rotated(long at) {
    return items(
        at,
        Layouts.RotatedDetection.BYTES,
        d ->
            new RotatedDetection(
                CMemory.int32(d + Layouts.RotatedDetection.CLASS_ID),
                label(d + Layouts.RotatedDetection.LABEL),
                CMemory.float32(d + Layouts.RotatedDetection.SCORE),
                CMemory.float32(d + Layouts.RotatedDetection.CX),
                CMemory.float32(d + Layouts.RotatedDetection.CY),
                CMemory.float32(d + Layouts.RotatedDetection.WIDTH),
                CMemory.float32(d + Layouts.RotatedDetection.HEIGHT),
                CMemory.float32(d + Layouts.RotatedDetection.ANGLE)));
  }

  static Segmentation segmentation(long at) {
    int width = CMemory.int32(at + Layouts.Segmentation.WIDTH);
    int height = CMemory.int32(at + Layouts.Segmentation.HEIGHT);
    int classes = CMemory.int32(at + Layouts.Segmentation.CLASSES);
    int[] labels = new int[width * height];
    Memory.view(CMemory.int64(at + Layouts.Segmentation.LABELS), 4L * labels.length)
        .asIntBuffer()
        .get(labels);
    long scoresAt = CMemory.int64(at + Layouts.Segmentation.SCORES);
    float[] scores = scoresAt == 0 ? null : new float[labels.length * classes];
    if (scores != null) {
      Memory.view(scoresAt, 4L * scores.length).asFloatBuffer().get(scores);
    }
    List<String> names =
        array(
            CMemory.int64(at + Layouts.Segmentation.NAMES),
            CMemory.int32(at + Layouts.Segmentation.NAME_COUNT),
            Layouts.POINTER,
            CStructs::textAt);
    return new Segmentation(
        new SegmentationMap(width, height, classes, labels, scores),
        CMemory.int32(at + Layouts.Segmentation.X),
        CMemory.int32(at + Layouts.Segmentation.Y),
        names);
  }

  /** A view; the result has to be held as long. */
  static Image image(long at) {
    if (CMemory.int32(at + Layouts.Image.SIZE) != Layouts.Image.BYTES) {
      throw new AssertionError("size=" + CMemory.int32(at));
    }
    PixelFormat format =
        List.of(PixelFormat.values()).get(CMemory.int32(at + Layouts.Image.FORMAT));
    List<Image.Plane> planes =
        array(
            at + Layouts.Image.PLANES,
            format.planes(),
            Layouts.Plane.BYTES,
            p ->
                new Image.Plane(
                    CMemory.int64(p + Layouts.Plane.DATA),
                    CMemory.int32(p + Layouts.Plane.STRIDE)));
    return Image.wrap(
        planes,
        format,
        CMemory.int32(at + Layouts.Image.WIDTH),
        CMemory.int32(at + Layouts.Image.HEIGHT));
  }

  static List<Pose> poses(long at) {
    return items(
        at,
        Layouts.Items.BYTES,
        p ->
            new Pose(
                keyPoints(
                    CMemory.int64(p + Layouts.Items.ITEMS),
                    CMemory.int32(p + Layouts.Items.COUNT))));
  }

  static List<TrackedPose> tracked(long at) {
    return items(
        at,
        Layouts.TrackedPose.BYTES,
        p ->
            new TrackedPose(
                CMemory.int32(p + Layouts.TrackedPose.ID),
                new Pose(
                    keyPoints(
                        CMemory.int64(p + Layouts.TrackedPose.KEYPOINTS),
                        CMemory.int32(p + Layouts.TrackedPose.KEYPOINT_COUNT))),
                box(p + Layouts.TrackedPose.BOX)));
  }

  static List<TextRegion> regions(long at) {
    return items(
        at,
        Layouts.TextRegion.BYTES,
        r ->
            new TextRegion(
                new Quad(point(r, 0), point(r, 1), point(r, 2), point(r, 3)),
                CMemory.float32(r + Layouts.TextRegion.SCORE)));
  }

  private static Point point(long region, int corner) {
    long at = region + Layouts.TextRegion.QUAD + (long) corner * Layouts.Point.BYTES;
    return new Point(CMemory.float32(at + Layouts.Point.X), CMemory.float32(at + Layouts.Point.Y));
  }

  static List<RecognizedText> texts(long at) {
    return items(
        at,
        Layouts.Text.BYTES,
        t -> {
          RecognizedText text =
              new RecognizedText(
                  CStructs.textAt(t + Layouts.Text.TEXT),
                  array(
                      CMemory.int64(t + Layouts.Text.SCORES),
                      CMemory.int32(t + Layouts.Text.SCORE_COUNT),
                      Layouts.FLOAT,
                      CMemory::float32));
          if (text.score() != CMemory.float32(t + Layouts.Text.SCORE)) {
            throw new AssertionError("score=" + CMemory.float32(t + Layouts.Text.SCORE));
          }
          return text;
        });
  }
}
