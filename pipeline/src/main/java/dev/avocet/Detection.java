package dev.avocet;

import dev.avocet.core.Mask;
import java.util.List;
import java.util.Optional;

/**
 * An object found in a picture.
 *
 * @param classId number of its class, from 0
 * @param label name of its class, where the model knows it
 * @param score 0 to 1, higher is surer
 * @param box where it is, in pixels of the upright source picture
 * @param mask its pixels, where the model gives them
 * @param keyPoints its key points, where the model gives them, else empty
 */
public record Detection(
    int classId,
    Optional<String> label,
    float score,
    Box box,
    Optional<Mask> mask,
    List<KeyPoint> keyPoints) {
  /** Copies the list. */
  public Detection {
    keyPoints = List.copyOf(keyPoints);
  }

  /** Without mask and key points. */
  public Detection(int classId, Optional<String> label, float score, Box box) {
    this(classId, label, score, box, Optional.empty(), List.of());
  }
}
