package dev.avocet.media;

import java.util.Optional;
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
  /** The next frame, which the caller closes; empty at the end. A bad file is a failed frame. */
  Optional<Frame> next();

  /** How many frames there are in all, where that is known. */
  OptionalLong size();

  @Override
  void close();
}
