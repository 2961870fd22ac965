package dev.avocet.pipeline.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A stage of a run of a network, for JFR. */
@Name("dev.avocet.Stage")
@Label("Stage")
@Category("Avocet")
@Description("A stage of a run of a network")
@StackTrace(false)
final class StageEvent extends Event implements Span {
  /** Tells whether these events are recorded: making one to ask would be garbage. */
  private static final StageEvent PROBE = new StageEvent("", "", 0);

  @Label("Network")
  @Description("Name of the network in deploy.json")
  final String network;

  @Label("Stage")
  @Description("preprocess, net, postprocess (of one picture), or call: from first to last")
  final String stage;

  @Label("Pictures")
  @Description("Pictures in the run")
  final int pictures;

  private StageEvent(String network, String stage, int pictures) {
    this.network = network;
    this.stage = stage;
    this.pictures = pictures;
  }

  static Span start(String network, String stage, int pictures) {
    if (!PROBE.isEnabled()) {
      return NONE;
    }
    StageEvent event = new StageEvent(network, stage, pictures);
    event.begin();
    return event;
  }
}
