package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;

/** What a command does with a frame, on open models. Confined to one thread. */
@FunctionalInterface
interface Task {
  /**
   * Does it. The frame's picture is valid until the answer was drawn and printed.
   *
   * @throws AvocetException INVALID_ARG and OUT_OF_RANGE where the frame is at fault, else what the
   *     network failed with; the next frames are tried all the same
   */
  FrameAnswer apply(Frame frame);

  /** The frames as this task wants them. */
  default FrameSource source(FrameSource frames) {
    return frames;
  }
}
