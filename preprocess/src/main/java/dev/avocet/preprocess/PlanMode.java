package dev.avocet.preprocess;

/** How preprocessing is run. The answers agree; see the module's README for how closely. */
public enum PlanMode {
  /** Folded into one pass where that gives the same pixels, run by OpenCV's operators. */
  FUSED,
  /** Folded likewise, run by plain Java: the definition of a pass, slow. */
  PLAIN,
  /** Step by step, as the reference runtime does. */
  REFERENCE
}
