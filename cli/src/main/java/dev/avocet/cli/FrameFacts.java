package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.media.Frame;
import java.util.OptionalDouble;

/**
 * Which frame it is: what stands at the beginning of every line.
 *
 * @param input where the frame comes from
 * @param index its number there
 * @param timeMillis when it is to be seen, for frames of a video
 * @param width of the upright picture, in pixels
 * @param height of the upright picture
 */
record FrameFacts(String input, long index, OptionalDouble timeMillis, int width, int height) {
  static FrameFacts of(Frame frame) {
    return new FrameFacts(
        frame.input(),
        frame.index(),
        frame.timeMillis(),
        frame.image().uprightWidth(),
        frame.image().uprightHeight());
  }

  /** The first fields of its line of JSON. */
  ObjectNode json() {
    ObjectNode line = JsonLine.object().put("input", input).put("frame", index);
    timeMillis.ifPresent(t -> line.put("t_ms", Math.round(t * 1000) / 1000.0));
    return line.put("width", width).put("height", height);
  }
}
