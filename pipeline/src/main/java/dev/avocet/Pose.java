package dev.avocet;

import dev.avocet.core.model.Skeleton;
import java.util.List;

/**
 * The key points of one object.
 *
 * @param keyPoints in the network's order
 * @param skeleton names of the points and the lines between them, as far as the model knows them
 */
public record Pose(List<KeyPoint> keyPoints, Skeleton skeleton) {
  /** Copies the list. */
  public Pose {
    keyPoints = List.copyOf(keyPoints);
  }
}
