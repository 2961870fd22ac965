package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Adds pixels around the picture. The first of these that is given decides: {@code pad_to_square};
 * {@code size} (a number or {@code [width, height]}, with {@code orientation_agnostic}); {@code
 * min_size}, which leaves larger edges alone and is ours; {@code size_divisor}; {@code
 * logical_or_val} with {@code add_pix_val}. All pad to the right and below but the last, which pads
 * around. {@code pad_val} is one value for all channels, {@code padding_mode} one of constant,
 * edge, reflect, symmetric.
 */
public final class Pad implements TransformProvider {
  @Override
  public String name() {
    return "Pad";
  }

  @Override
  public Transform create(Params params) {
    PadMode mode = mode(params);
    float value = ParamReader.padValue(params);
    int[] size = params.has("size") ? ParamReader.pair(params, "size", "[width, height]") : null;
    boolean agnostic = params.booleanValue("orientation_agnostic", false);
    int divisor = params.intValue("size_divisor", 1);
    int orValue = params.intValue("logical_or_val", 0);
    int added = params.intValue("add_pix_val", 0);
    if (divisor < 1) {
      throw params.error("size_divisor", "at least 1");
    }
    if (added < 0) {
      throw params.error("add_pix_val", "at least 0");
    }
    if (params.booleanValue("pad_to_square", false)) {
      return sample -> {
        int side = Math.max(sample.canvas().width(), sample.canvas().height());
        padTo(sample.canvas(), side, side, mode, value);
      };
    }
    if (size != null && size[0] != 0 && size[1] != 0) {
      return sample -> padToSize(sample.canvas(), params, size, agnostic, mode, value);
    }
    if (params.has("min_size")) {
      int[] least = ParamReader.positivePair(params, "min_size", "[width, height]");
      return sample -> {
        Canvas canvas = sample.canvas();
        int width = Math.max(canvas.width(), least[0]);
        padTo(canvas, width, Math.max(canvas.height(), least[1]), mode, value);
      };
    }
    if (divisor != 1) {
      return sample -> {
        Canvas canvas = sample.canvas();
        int width = Scaling.roundUp(canvas.width(), divisor);
        padTo(canvas, width, Scaling.roundUp(canvas.height(), divisor), mode, value);
      };
    }
    if (orValue > 0) {
      return sample -> padAround(sample, orValue, added, mode, value);
    }
    return sample -> {};
  }

  private static void padToSize(
      Canvas canvas, Params params, int[] size, boolean agnostic, PadMode mode, float value) {
    int width = size[0];
    int height = size[1];
    if (agnostic) {
      boolean upright = canvas.width() < canvas.height();
      width = upright ? Math.min(size[0], size[1]) : Math.max(size[0], size[1]);
      height = upright ? Math.max(size[0], size[1]) : Math.min(size[0], size[1]);
    }
    if (canvas.width() > width || canvas.height() > height) {
      throw AvocetException.invalidArgument(
          "%s.size: the picture is %dx%d here, larger than the %dx%d it is to be padded to: "
                  .formatted(params.where(), canvas.width(), canvas.height(), width, height)
              + "put a Resize with keep_ratio to that size before the Pad");
    }
    padTo(canvas, width, height, mode, value);
  }

  private static void padTo(Canvas canvas, int width, int height, PadMode mode, float value) {
    canvas.pad(0, 0, height - canvas.height(), width - canvas.width(), mode, value);
  }

  private static void padAround(Sample sample, int orValue, int added, PadMode mode, float value) {
    Canvas canvas = sample.canvas();
    int addX = (canvas.width() | orValue) + added - canvas.width();
    int addY = (canvas.height() | orValue) + added - canvas.height();
    int left = (canvas.width() + addX) / 2 - canvas.width() / 2;
    int top = (canvas.height() + addY) / 2 - canvas.height() / 2;
    canvas.pad(top, left, addY - top, addX - left, mode, value);
    sample.border(top, left);
  }

  private static PadMode mode(Params params) {
    return switch (params.text("padding_mode", "constant")) {
      case "constant" -> PadMode.CONSTANT;
      case "edge" -> PadMode.EDGE;
      case "reflect" -> PadMode.REFLECT;
      case "symmetric" -> PadMode.SYMMETRIC;
      default -> throw params.error("padding_mode", "constant, edge, reflect or symmetric");
    };
  }
}
