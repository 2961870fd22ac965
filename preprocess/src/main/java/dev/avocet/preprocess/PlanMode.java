package dev.avocet.preprocess;

/** How preprocessing is run. The answers agree; see the module's README for how closely. */
public enum PlanMode {
  /**
   * Folded into one pass where that gives the same pixels, run by OpenCV's operators; inside of the
   * network on devices where the engine prefers that.
   */
  FUSED,
  /** Folded likewise, run by the engine inside of the network where it can; else as FUSED. */
  ENGINE,
  /** Folded likewise, run by plain Java: the definition of a pass, slow. */
  PLAIN,
  /** Step by step, as the reference runtime does. */
  REFERENCE
}
