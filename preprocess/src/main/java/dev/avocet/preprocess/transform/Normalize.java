package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Gives {@code (v - mean[c]) * (1 / std[c])} in float32. Parameters: {@code mean} and {@code std}
 * (one number a channel), {@code to_rgb} (exchanges channels 0 and 2 first, whatever they are;
 * default true), {@code to_float} (false only exchanges channels and wants mean 0 and std 1).
 */
public final class Normalize implements TransformProvider {
  @Override
  public String name() {
    return "Normalize";
  }

  @Override
  public Transform create(Params params) {
    float[] mean = params.floats("mean");
    float[] std = params.floats("std");
    boolean swap = params.booleanValue("to_rgb", true);
    check(params, mean, std);
    if (params.booleanValue("to_float", true)) {
      return sample -> {
        checkChannels(sample, params, mean.length);
        sample.canvas().normalize(mean, std, swap && mean.length == 3);
      };
    }
    for (int c = 0; c < mean.length; c++) {
      if (mean[c] != 0 || std[c] != 1) {
        throw params.error("to_float", "true, unless every mean is 0 and every std is 1");
      }
    }
    return sample -> {
      checkChannels(sample, params, mean.length);
      if (swap) {
        sample.canvas().swapRedBlue();
      }
    };
  }

  private static void check(Params params, float[] mean, float[] std) {
    if (mean.length != 1 && mean.length != 3) {
      throw params.error("mean", "1 number (grey) or 3 (colour)");
    }
    if (std.length != mean.length) {
      throw params.error("std", mean.length + " numbers, as many as mean has");
    }
    for (int c = 0; c < mean.length; c++) {
      if (std[c] == 0 || !Float.isFinite(1 / std[c])) {
        throw params.error("std", "numbers other than 0");
      }
    }
  }

  private static void checkChannels(Sample sample, Params params, int given) {
    int channels = sample.canvas().channels();
    if (channels != given) {
      throw params.error("mean", "%d numbers, one a channel".formatted(channels));
    }
  }
}
