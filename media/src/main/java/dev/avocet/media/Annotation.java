package dev.avocet.media;

/**
 * A labelled box to draw.
 *
 * @param x1 left edge, in pixels of the upright picture; edges may lie outside of it
 * @param y1 upper edge
 * @param x2 right edge
 * @param y2 lower edge
 * @param label text beside the score, may be empty; what is not ASCII is drawn as "?"
 * @param score 0 to 1
 * @param classId chooses the colour
 */
public record Annotation(
    float x1, float y1, float x2, float y2, String label, float score, int classId) {}
