package dev.avocet.media.internal;

import dev.avocet.media.Frame;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A frame that left a queue, for JFR. */
@Name("dev.avocet.Frame")
@Label("Frame")
@Category("Avocet")
@Description("A frame of a video, camera or stream was taken, or passed over for a newer one")
@StackTrace(false)
final class FrameEvent extends Event {
  /** Tells whether these events are recorded: making one to ask would be garbage. */
  private static final FrameEvent PROBE = new FrameEvent("", 0, false);

  @Label("Input")
  @Description("Video, camera or stream, without passwords")
  final String input;

  @Label("Number")
  @Description("Number of the frame within its input, from 0")
  final long number;

  @Label("Dropped")
  @Description("Whether it was passed over")
  final boolean dropped;

  private FrameEvent(String input, long number, boolean dropped) {
    this.input = input;
    this.number = number;
    this.dropped = dropped;
  }

  static void write(Frame frame, boolean dropped) {
    if (PROBE.isEnabled()) {
      new FrameEvent(frame.input(), frame.index(), dropped).commit();
    }
  }
}
