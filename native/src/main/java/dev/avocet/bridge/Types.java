package dev.avocet.bridge;

import java.util.List;

/** The numbers of {@code enum avocet_type}: what handles and results are of. */
final class Types {
  static final int MODEL = 1;
  static final int CLASSIFIER = 2;
  static final int DETECTOR = 3;
  static final int SEGMENTOR = 4;
  static final int RESTORER = 5;
  static final int ROTATED_DETECTOR = 6;
  static final int POSE_DETECTOR = 7;
  static final int TEXT_DETECTOR = 8;
  static final int TEXT_RECOGNIZER = 9;
  static final int VIDEO_RECOGNIZER = 10;
  static final int POSE_TRACKER = 11;
  static final int TRACKER_STATE = 12;
  static final int PIPELINE = 13;
  static final int STRING = 14;
  static final int IMAGE = 15;
  static final int DEVICES = 16;

  private static final List<String> NOUNS =
      List.of(
          "nothing",
          "a model",
          "a classifier",
          "a detector",
          "a segmentor",
          "a restorer",
          "a rotated detector",
          "a pose detector",
          "a text detector",
          "a text recognizer",
          "a video recognizer",
          "a pose tracker",
          "a pose tracker's state",
          "a pipeline",
          "a text",
          "a picture",
          "a list of devices");

  private Types() {}

  /** What to call a type in a message. */
  static String noun(int type) {
    return type > 0 && type < NOUNS.size() ? NOUNS.get(type) : "of the unknown type " + type;
  }
}
