package dev.avocet.media;

import dev.avocet.core.Image;
import java.nio.file.Path;

/**
 * Takes drawn frames, one after the other: a video file, a picture file, a folder of pictures.
 * Confined to one thread at a time.
 *
 * <p>What is not finished is never left under its final name: a sink that is closed without {@link
 * #finish} removes what it has written of an unfinished file.
 */
public interface FrameSink extends AutoCloseable {
  /**
   * Writes the picture that was drawn from a frame.
   *
   * @param frame where the picture comes from: its input, number and time
   * @param picture any format and rotation; only read during the call
   * @return the file that it is, or will be, in
   * @throws dev.avocet.core.AvocetException FAIL where the disk is full or the place cannot be
   *     written, INVALID_ARG where the picture cannot go there
   */
  Path write(Frame frame, Image picture);

  /**
   * Completes what was written and gives it its name.
   *
   * @throws dev.avocet.core.AvocetException FAIL where the disk is full or the place cannot be
   *     written
   */
  void finish();

  /** Frees what the sink holds; an unfinished file is removed. */
  @Override
  void close();
}
