package dev.avocet.core.postprocess;

/**
 * Key points of one object, in the network's order, in pixels of the upright source picture. Arrays
 * are not copied and must not be written.
 *
 * @param x columns
 * @param y rows
 * @param scores one for each point
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record KeyPoints(float[] x, float[] y, float[] scores) {}
