package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * MMYOLO's letterbox: scales the picture into a frame and pads it in the middle. Parameters: {@code
 * scale} (a number or {@code [height, width]}), {@code pad_val}, {@code interpolation}, {@code
 * allow_scale_up}, {@code use_mini_pad} (padding only to the next multiple of 32), {@code
 * stretch_only} (no padding, ratio given up). The scale recorded is the nominal ratio, not that of
 * the rounded size. An edge is at least one pixel.
 */
public final class LetterResize implements TransformProvider {
  private static final int STRIDE = 32;

  private record Options(
      int height,
      int width,
      float padValue,
      Interpolation interpolation,
      boolean scaleUp,
      boolean miniPad,
      boolean stretch) {}

  @Override
  public String name() {
    return "LetterResize";
  }

  @Override
  public Transform create(Params params) {
    int[] frame = ParamReader.positivePair(params, "scale", "[height, width]");
    Options options =
        new Options(
            frame[0],
            frame[1],
            ParamReader.padValue(params),
            ParamReader.interpolation(params),
            params.booleanValue("allow_scale_up", true),
            params.booleanValue("use_mini_pad", false),
            params.booleanValue("stretch_only", false));
    return sample -> apply(sample, options);
  }

  private static void apply(Sample sample, Options to) {
    Canvas canvas = sample.canvas();
    float ratioX = (float) to.width / canvas.width();
    float ratioY = (float) to.height / canvas.height();
    int width = to.width;
    int height = to.height;
    int padX = 0;
    int padY = 0;
    if (to.miniPad || !to.stretch) {
      float ratio = Math.min(ratioX, ratioY);
      ratioX = to.scaleUp ? ratio : Math.min(ratio, 1f);
      ratioY = ratioX;
      width = Math.max(1, Math.round(canvas.width() * ratioX));
      height = Math.max(1, Math.round(canvas.height() * ratioY));
      padX = to.miniPad ? (to.width - width) % STRIDE : to.width - width;
      padY = to.miniPad ? (to.height - height) % STRIDE : to.height - height;
    }
    canvas.resize(width, height, to.interpolation);
    // The reference rounds (pad / 2, an integer) - 0.1, which is the integer again.
    int left = padX / 2;
    int top = padY / 2;
    canvas.pad(top, left, padY - top, padX - left, PadMode.CONSTANT, to.padValue);
    sample.scale(sample.scaleX() * ratioX, sample.scaleY() * ratioY);
    sample.padding(top, left);
    sample.imageSize(canvas.width(), canvas.height());
  }
}
