package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import java.util.Map;

/** All types of handles by their numbers. Stateless. */
final class Kinds {
  private static final Map<Integer, Kind<?>> ALL =
      Map.ofEntries(
          Map.entry(Types.MODEL, new ModelKind()),
          Map.entry(Types.CLASSIFIER, new ClassifierKind()),
          Map.entry(Types.DETECTOR, new DetectorKind()),
          Map.entry(Types.SEGMENTOR, new SegmentorKind()),
          Map.entry(Types.RESTORER, new RestorerKind()),
          Map.entry(Types.ROTATED_DETECTOR, new RotatedDetectorKind()),
          Map.entry(Types.POSE_DETECTOR, new PoseDetectorKind()),
          Map.entry(Types.TEXT_DETECTOR, new TextDetectorKind()),
          Map.entry(Types.TEXT_RECOGNIZER, new TextRecognizerKind()),
          Map.entry(Types.VIDEO_RECOGNIZER, new VideoRecognizerKind()),
          Map.entry(Types.POSE_TRACKER, new TrackerKind()),
          Map.entry(Types.TRACKER_STATE, new TrackerStateKind()),
          Map.entry(Types.PIPELINE, new PipelineKind()));

  private Kinds() {}

  static Kind<?> of(int type) {
    Kind<?> kind = ALL.get(type);
    if (kind == null) {
      throw AvocetException.invalidArgument("type=" + type + " is no type of handle");
    }
    return kind;
  }
}
