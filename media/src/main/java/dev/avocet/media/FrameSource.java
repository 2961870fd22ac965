package dev.avocet.media;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Frames one after the other, wherever they come from. Confined to one thread at a time.
 *
 * <pre>{@code
 * try (FrameSource source = Frames.open("photos", "more/*.jpg")) {
 *   for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
 *     try (Frame frame = next.get()) {
 *       System.out.println(frame.input() + " " + frame.image());
 *     }
 *   }
 * }
 * }</pre>
 */
public interface FrameSource extends AutoCloseable {
  /**
   * The next frame, which the caller closes before it asks for many more: a source has few frames
   * in hand and waits for them to come back. Empty at the end. A bad file is a failed frame.
   */
  Optional<Frame> next();

  /** How many frames there are in all, where that is known; an estimate for some videos. */
  OptionalLong size();

  /** Frames a second that the present input says it has; empty for picture files. */
  default OptionalDouble frameRate() {
    return OptionalDouble.empty();
  }

  /** Frames so far that came and were passed over because newer ones were there. */
  default long dropped() {
    return 0;
  }

  /**
   * Ends a wait in {@link #next}, which is then empty; from any thread. Frames that are in use stay
   * valid until they are closed.
   */
  @Override
  void close();
}
