package dev.avocet.postprocess;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.Arrays;

/**
 * The grids of cells that a raw detector answers on, one for each stride, and the size of the input
 * that they cover. Immutable.
 *
 * <p>Parameters: {@code strides} (network pixels a cell, in the output's order; [8,16,32] where
 * absent), {@code input_size} ([width, height] of the network's input; what preprocessing made
 * where absent).
 */
public final class Grids {
  private final int[] strides;
  private final int[] inputSize;

  /**
   * Reads the parameters.
   *
   * @throws dev.avocet.core.AvocetException INVALID_ARG where one is wrong
   */
  public Grids(Params params) {
    strides = params.has("strides") ? params.ints("strides") : new int[] {8, 16, 32};
    inputSize = params.has("input_size") ? params.ints("input_size") : new int[0];
    if (strides.length == 0 || Arrays.stream(strides).anyMatch(s -> s < 1)) {
      throw params.error("strides", "strides of 1 or more");
    }
    if (params.has("input_size")
        && (inputSize.length != 2 || inputSize[0] < 1 || inputSize[1] < 1)) {
      throw params.error("input_size", "[width, height] of 1 or more");
    }
  }

  /** Number of grids. */
  public int size() {
    return strides.length;
  }

  /** Network pixels a cell of grid {@code i}. */
  public int stride(int i) {
    return strides[i];
  }

  /** Cells across of grid {@code i}; a part of a cell at the edge counts as one. */
  public int columns(int i, SampleMeta meta) {
    return ceil(width(meta), strides[i]);
  }

  /** Cells of grid {@code i}. */
  public int cells(int i, SampleMeta meta) {
    long cells = (long) columns(i, meta) * ceil(height(meta), strides[i]);
    return (int) Math.min(cells, Integer.MAX_VALUE);
  }

  /** Cells of all grids. */
  public long cells(SampleMeta meta) {
    long cells = 0;
    for (int i = 0; i < strides.length; i++) {
      cells += cells(i, meta);
    }
    return cells;
  }

  private static int ceil(int size, int stride) {
    return (int) Math.ceil(size / (double) stride);
  }

  private int width(SampleMeta meta) {
    return inputSize.length == 0 ? meta.networkWidth() : inputSize[0];
  }

  private int height(SampleMeta meta) {
    return inputSize.length == 0 ? meta.networkHeight() : inputSize[1];
  }

  /** The strides, and the input they cover, for messages. */
  public String describe(SampleMeta meta) {
    return "strides=%s on an input of %dx%d"
        .formatted(Arrays.toString(strides), width(meta), height(meta));
  }
}
