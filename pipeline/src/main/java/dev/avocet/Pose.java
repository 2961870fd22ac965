package dev.avocet;

import java.util.List;

/**
 * The key points of one object. Their names and the lines between them are in {@link
 * dev.avocet.core.model.ModelCard#skeleton}.
 *
 * @param keyPoints in the network's order
 */
public record Pose(List<KeyPoint> keyPoints) {
  /** Copies the list. */
  public Pose {
    keyPoints = List.copyOf(keyPoints);
  }
}
