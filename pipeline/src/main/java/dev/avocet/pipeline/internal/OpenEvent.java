package dev.avocet.pipeline.internal;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** An engine opened a network, for JFR. */
@Name("dev.avocet.Open")
@Label("Open")
@Category("Avocet")
@Description("An engine opened a network")
@StackTrace(false)
final class OpenEvent extends Event implements Span {
  /** Tells whether these events are recorded: making one to ask would be garbage. */
  private static final OpenEvent PROBE = new OpenEvent("", "", "", "");

  @Label("Model")
  @Description("Folder or file of the model")
  final String model;

  @Label("Network")
  @Description("Name of the network in deploy.json")
  final String network;

  @Label("Engine")
  @Description("Name of the engine")
  final String engine;

  @Label("Device")
  @Description("As it was asked for")
  final String device;

  private OpenEvent(String model, String network, String engine, String device) {
    this.model = model;
    this.network = network;
    this.engine = engine;
    this.device = device;
  }

  static Span start(String model, String network, String engine, String device) {
    if (!PROBE.isEnabled()) {
      return NONE;
    }
    OpenEvent event = new OpenEvent(model, network, engine, device);
    event.begin();
    return event;
  }
}
