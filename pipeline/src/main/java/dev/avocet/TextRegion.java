package dev.avocet;

import dev.avocet.core.Quad;

/**
 * A place in a picture where there is text.
 *
 * @param quad its corners in order around it, in pixels of the upright source picture
 * @param score 0 to 1, higher is surer
 */
public record TextRegion(Quad quad, float score) {}
