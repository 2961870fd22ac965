package dev.avocet.core.postprocess;

/**
 * Rotated detections. Arrays are not copied and must not be written.
 *
 * @param labels class numbers
 * @param scores one for each, 0 to 1
 * @param boxes five numbers each: centre x, centre y, width and height in pixels of the upright
 *     source picture, and the angle in radians as the network gives it
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record RotatedBoxes(int[] labels, float[] scores, float[] boxes) {}
