package dev.avocet.media.ffmpeg;

import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a test keeps of a frame.
 *
 * @param index within the input
 * @param number that the picture shows; -1 for a failed frame
 * @param time in ms; -1 for a failed frame
 * @param picture as {@code 64x48 I420 (borrowed)}
 * @param error its message, or empty
 */
record Taken(long index, int number, double time, String picture, String error) {
  static List<Taken> all(FrameSource source) {
    List<Taken> all = new ArrayList<>();
    for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
      try (Frame frame = next.get()) {
        all.add(of(frame));
      }
    }
    return all;
  }

  static Taken of(Frame frame) {
    return frame
        .error()
        .map(e -> new Taken(frame.index(), -1, -1, "", e.status() + " " + e.getMessage()))
        .orElseGet(
            () ->
                new Taken(
                    frame.index(),
                    Clip.number(frame.image()),
                    frame.timeMillis().orElseThrow(),
                    frame.image() + " " + frame.image().rotation(),
                    ""));
  }
}
