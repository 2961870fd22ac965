package dev.avocet.bridge;

import dev.avocet.PoseTracker;

/**
 * A video behind a handle.
 *
 * @param state what is known of it
 */
record TrackerVideo(PoseTracker.State state) implements AutoCloseable {
  @Override
  public void close() {
    // A state is memory of Java's alone.
  }
}
