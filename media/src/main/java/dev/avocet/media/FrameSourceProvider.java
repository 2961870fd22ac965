package dev.avocet.media;

/**
 * Opens one kind of input that is no picture file: a video, a camera, a stream. Found by {@link
 * java.util.ServiceLoader}. Stateless and safe from any thread.
 */
public interface FrameSourceProvider {
  /**
   * Whether this provider is the one for an input, told from its name alone, or, for a file that
   * exists, from its first bytes.
   *
   * @param input as the user names it: {@code clip.mp4}, {@code rtsp://host/door}, {@code camera:0}
   */
  boolean accepts(String input);

  /**
   * Opens the input; the caller closes it. Its frames are called {@link Frames#nameOf
   * Frames.nameOf(input)}, and so is the input in messages and logs.
   *
   * @throws dev.avocet.core.AvocetException FILE_NOT_FOUND, INVALID_ARG where the input holds no
   *     video or is damaged from the start, NOT_SUPPORTED, FAIL where it cannot be reached
   */
  FrameSource open(String input, SourceOptions options);
}
