package dev.avocet.pipeline.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A call that waited for its turn, for JFR. */
@Name("dev.avocet.Wait")
@Label("Wait")
@Category("Avocet")
@Description("A call that waited for its turn")
@StackTrace(false)
final class WaitEvent extends Event implements Span {
  /** Tells whether these events are recorded: making one to ask would be garbage. */
  private static final WaitEvent PROBE = new WaitEvent("", "", 0);

  @Label("Network")
  @Description("Name of the network in deploy.json")
  final String network;

  @Label("Reason")
  @Description(
      "queue: a submitted call, for a worker; slot: a direct call, while all slots were busy")
  final String reason;

  @Label("Pictures")
  @Description("Pictures in the call")
  final int pictures;

  private WaitEvent(String network, String reason, int pictures) {
    this.network = network;
    this.reason = reason;
    this.pictures = pictures;
  }

  static Span start(String network, String reason, int pictures) {
    if (!PROBE.isEnabled()) {
      return NONE;
    }
    WaitEvent event = new WaitEvent(network, reason, pictures);
    event.begin();
    return event;
  }
}
