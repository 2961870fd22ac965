package dev.avocet.media;

import java.nio.file.Path;

/**
 * Opens one kind of output that is no picture: a video file. Found by {@link
 * java.util.ServiceLoader}. Stateless and safe from any thread.
 */
public interface FrameSinkProvider {
  /** Whether this provider writes files of this name, told by its ending. */
  boolean accepts(Path file);

  /**
   * Opens the file, which comes to be when the sink is {@linkplain FrameSink#finish finished}.
   *
   * @param frameRate frames a second to assume where frames carry no time
   * @throws dev.avocet.core.AvocetException FAIL where the place cannot be written
   */
  FrameSink open(Path file, double frameRate);
}
