package dev.avocet.core.postprocess;

/**
 * A line of text that was read.
 *
 * @param text the characters
 * @param scores one for each token of the dictionary that was emitted; not copied, not to be
 *     written
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record TextLine(String text, float[] scores) {}
