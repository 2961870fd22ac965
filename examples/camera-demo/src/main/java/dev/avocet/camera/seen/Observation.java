package dev.avocet.camera.seen;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was seen in one frame. Immutable; arrays are shared and not to be written to.
 *
 * @param source name of the source
 * @param frame number of the frame since the source was opened, from 0; those of dropped frames are
 *     left out
 * @param time when it was taken up
 * @param timeMillis when the frame is to be seen, from the first frame of its input, where known
 * @param decodedNanos {@link System#nanoTime} when the frame had been decoded
 * @param width of the upright frame, in pixels
 * @param height of the upright frame, in pixels
 * @param model name of the model that saw it
 * @param found the objects, surest first
 * @param happenings what has just happened at lines and in zones
 * @param counts of each line and zone so far, by name: {@code in} and {@code out} of a line, {@code
 *     inside} and {@code entered} of a zone
 * @param jpeg the frame as a JPEG file, upright and perhaps scaled down; there while somebody wants
 *     it
 */
public record Observation(
    String source,
    long frame,
    Instant time,
    OptionalDouble timeMillis,
    long decodedNanos,
    int width,
    int height,
    String model,
    List<Found> found,
    List<Happening> happenings,
    Map<String, Map<String, Long>> counts,
    Optional<byte[]> jpeg) {
  /** Copies the lists. */
  public Observation {
    found = List.copyOf(found);
    happenings = List.copyOf(happenings);
    counts = Map.copyOf(counts);
  }
}
