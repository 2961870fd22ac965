package dev.avocet.core;

/** A turn by quarters, clockwise. */
public enum Rotation {
  NONE,
  CLOCKWISE_90,
  HALF,
  COUNTERCLOCKWISE_90;

  /** Whether width and height change places. */
  public boolean swapsAxes() {
    return this == CLOCKWISE_90 || this == COUNTERCLOCKWISE_90;
  }
}
