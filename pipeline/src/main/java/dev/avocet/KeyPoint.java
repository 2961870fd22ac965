package dev.avocet;

/**
 * A point of an object, for example an elbow.
 *
 * @param x from the left, in pixels of the upright source picture; may lie outside
 * @param y from the top
 * @param score as the network gives it, higher is surer
 */
public record KeyPoint(float x, float y, float score) {}
