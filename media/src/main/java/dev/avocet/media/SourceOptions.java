package dev.avocet.media;

import dev.avocet.core.ImageCodec;
import java.util.Objects;

/**
 * How inputs are read. Immutable.
 *
 * @param pictures limits and orientation for picture files; the limit of pixels holds for video
 *     frames too
 * @param pace how fast the frames of a video file come
 * @param hardware name of a hardware decoder's device type ({@code vaapi}, {@code cuda}, {@code
 *     qsv}, …), or empty for the processor; where the device cannot decode an input the processor
 *     does, with a warning in the log
 */
public record SourceOptions(ImageCodec.Options pictures, Pace pace, String hardware) {
  /** Upright pictures of up to 100 megapixels, every frame of a video, decoded by the processor. */
  public static final SourceOptions DEFAULT =
      new SourceOptions(ImageCodec.Options.DEFAULT, Pace.FAST, "");

  /** How fast the frames of a video file come. */
  public enum Pace {
    /** As they are taken: every frame, in order. */
    FAST,
    /**
     * At their own times, as a camera would give them: who is late gets the newest frame, and the
     * others count as {@linkplain FrameSource#dropped dropped}.
     */
    REAL
  }

  /** Checks that nothing is missing. */
  public SourceOptions {
    Objects.requireNonNull(pictures);
    Objects.requireNonNull(pace);
    Objects.requireNonNull(hardware);
  }
}
