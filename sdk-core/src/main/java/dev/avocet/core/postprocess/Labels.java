package dev.avocet.core.postprocess;

/**
 * Classes of a picture or clip with their scores, in the order that the head gives them. Arrays are
 * not copied and must not be written.
 *
 * @param ids class numbers
 * @param scores one for each
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Labels(int[] ids, float[] scores) {}
