package dev.avocet.camera.seen;

/**
 * Takes observations. Called from the sources' threads, one frame after the other for each source:
 * must return at once, what takes time goes through a bounded queue.
 */
public interface Observer {
  /** Whether the pictures of a source are wanted; asked before each frame. */
  boolean wantsPictures(String source);

  /** Takes what was seen. */
  void seen(Observation observation);
}
