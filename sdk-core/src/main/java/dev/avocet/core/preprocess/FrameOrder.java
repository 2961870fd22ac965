package dev.avocet.core.preprocess;

/**
 * How the pictures made of the frames of clips lie in one tensor. Views come first: all frames in
 * the first view, then all in the second.
 */
public enum FrameOrder {
  /** {@code [1, views * frames, channel, row, column]}. */
  FRAMES_FIRST,
  /** {@code [1, views * clips, channel, frame of the clip, row, column]}. */
  CHANNELS_FIRST
}
