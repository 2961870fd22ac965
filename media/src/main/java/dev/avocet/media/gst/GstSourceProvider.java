package dev.avocet.media.gst;

import dev.avocet.core.AvocetException;
import dev.avocet.media.FrameSource;
import dev.avocet.media.FrameSourceProvider;
import dev.avocet.media.SourceOptions;

/**
 * {@code gst:PIPELINE}: what {@code gst-launch-1.0} takes, up to where a sink would be, as in
 * {@code gst:v4l2src device=/dev/video0 ! jpegdec ! videoconvert}. The frames come as {@link
 * GstSource} says.
 */
public final class GstSourceProvider implements FrameSourceProvider {
  private static final String SCHEME = "gst:";

  /** For {@link java.util.ServiceLoader}. */
  public GstSourceProvider() {}

  @Override
  public boolean accepts(String input) {
    return input.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  public FrameSource open(String input, SourceOptions options) {
    String pipeline = input.substring(SCHEME.length());
    if (pipeline.isBlank()) {
      throw AvocetException.invalidArgument(
          input + ": expected gst: and a pipeline, such as gst:videotestsrc ! video/x-raw");
    }
    return GstSource.open(input, GstChild.words(pipeline), options);
  }
}
