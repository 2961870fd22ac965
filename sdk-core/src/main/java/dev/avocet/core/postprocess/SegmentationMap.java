package dev.avocet.core.postprocess;

/**
 * What each pixel of the upright source picture shows. Exactly one of the arrays is there, row by
 * row; it is not copied and must not be written.
 *
 * @param width pixels across
 * @param height pixels down
 * @param classes number of classes
 * @param labels class number of each pixel, or null
 * @param scores plane after plane, one a class, the score of each pixel, or null
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record SegmentationMap(int width, int height, int classes, int[] labels, float[] scores) {}
