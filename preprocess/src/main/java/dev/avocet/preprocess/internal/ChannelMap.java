package dev.avocet.preprocess.internal;

import java.util.Arrays;

/** For each channel of the target: which it is, and what happened to its values. */
final class ChannelMap {
  private final int[] order;
  private final float[] mean;
  private final float[] scale;
  private final float[] padValue;

  ChannelMap(int channels) {
    order = new int[channels];
    mean = new float[channels];
    scale = new float[channels];
    padValue = new float[channels];
    Arrays.setAll(order, c -> c);
    Arrays.fill(scale, 1);
  }

  void swapRedBlue() {
    if (order.length == 3) {
      int first = order[0];
      order[0] = order[2];
      order[2] = first;
      for (float[] values : new float[][] {mean, scale, padValue}) {
        float value = values[0];
        values[0] = values[2];
        values[2] = value;
      }
    }
  }

  /** Once only: a second one would not fold into the same float32 roundings. */
  void normalize(float[] means, float[] std) {
    for (int c = 0; c < order.length; c++) {
      float factor = 1f / std[c];
      padValue[c] = (padValue[c] - means[c]) * factor;
      mean[c] = means[c];
      scale[c] = factor;
    }
  }

  void padWith(float value) {
    Arrays.fill(padValue, value);
  }

  boolean isPaddedWith(float value) {
    for (float v : padValue) {
      if (v != value) {
        return false;
      }
    }
    return true;
  }

  float[] padValue() {
    return padValue.clone();
  }

  int[] order() {
    return order.clone();
  }

  float[] mean() {
    return mean.clone();
  }

  float[] scale() {
    return scale.clone();
  }
}
