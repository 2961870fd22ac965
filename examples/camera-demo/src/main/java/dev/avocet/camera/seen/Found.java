package dev.avocet.camera.seen;

import dev.avocet.Box;
import dev.avocet.Pose;
import dev.avocet.core.Mask;
import dev.avocet.core.Point;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something found in a frame.
 *
 * @param trackId number that stays with the object from frame to frame of a source; empty where it
 *     is not followed
 * @param classId number of its class, from 0; -1 where it has none
 * @param label name of its class, or the class's number
 * @param score 0 to 1
 * @param box around it, in pixels of the upright frame; empty where it concerns the whole frame
 * @param polygon its corners where it is not an upright box, else empty
 * @param mask its pixels, where the model gives them
 * @param pose its key points, where the model gives them
 * @param text what it says, where the model reads
 */
public record Found(
    OptionalLong trackId,
    int classId,
    String label,
    float score,
    Optional<Box> box,
    List<Point> polygon,
    Optional<Mask> mask,
    Optional<Pose> pose,
    Optional<String> text) {
  /** Copies the list. */
  public Found {
    polygon = List.copyOf(polygon);
  }

  /** The same with the number of its track. */
  public Found tracked(long id) {
    return new Found(OptionalLong.of(id), classId, label, score, box, polygon, mask, pose, text);
  }
}
