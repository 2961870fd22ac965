package dev.avocet.core.preprocess;

/** The order of axes in a picture tensor. */
public enum Layout {
  /** Batch, channel, row, column: one plane a channel. */
  NCHW,
  /** Batch, row, column, channel: interleaved pixels. */
  NHWC
}
