package dev.avocet.pipeline.internal;

import dev.avocet.core.internal.FlightRecording;

/**
 * A stretch of time that Java Flight Recorder hears of. Its implementations are JFR's events; the
 * methods are {@link jdk.jfr.Event}'s. Nothing is allocated while nobody records.
 */
interface Span {
  /** Nobody records. */
  Span NONE =
      new Span() {
        @Override
        public void end() {}

        @Override
        public void commit() {}
      };

  /** It ends now; from any thread. Without, {@link #commit} ends it. */
  void end();

  /** Writes it down, with the thread that calls; once. */
  void commit();

  /** A stage of a run of the network begins. */
  static Span stage(String network, String stage, int pictures) {
    return FlightRecording.on() ? StageEvent.start(network, stage, pictures) : NONE;
  }

  /**
   * A call begins to wait.
   *
   * @param reason what for
   */
  static Span waiting(String network, String reason, int pictures) {
    return FlightRecording.on() ? WaitEvent.start(network, reason, pictures) : NONE;
  }

  /** An engine begins to open a network. */
  static Span opening(String model, String network, String engine, String device) {
    return FlightRecording.on() ? OpenEvent.start(model, network, engine, device) : NONE;
  }
}
