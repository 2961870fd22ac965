package dev.avocet.core.internal;

import jdk.jfr.FlightRecorder;

/**
 * Whether Java Flight Recorder is in use. To be asked before a class of an event is touched: so
 * nothing of JFR is loaded before somebody records, and Java without the module jdk.jfr will do.
 */
public final class FlightRecording {
  private static final boolean THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecording() {}

  /** Whether anybody records or has recorded in this process. */
  public static boolean on() {
    return THERE && FlightRecorder.isInitialized();
  }
}
