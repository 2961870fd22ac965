package dev.avocet.preprocess.transform;

import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;
import java.util.List;

/**
 * PaddleOCR's resize for text detection: limits an edge, limits the longer edge of the outcome, and
 * rounds both to multiples of 32; the picture's shape changes a little. Parameters: {@code
 * limit_side_len} (736), {@code limit_type} ({@code min} lengthens a shorter edge below the limit,
 * {@code max} shortens a longer one above it, {@code resize_long} gives the longer edge that
 * length), {@code max_side_limit} (none). Source: {@code ppocr/data/imaug/operators.py}, its {@code
 * resize_image_type0}.
 */
public final class DetResizeForTest implements TransformProvider {
  private static final int STEP = 32;

  @Override
  public String name() {
    return "DetResizeForTest";
  }

  @Override
  public Transform create(Params params) {
    int limit = params.intValue("limit_side_len", 736);
    int most = params.intValue("max_side_limit", Integer.MAX_VALUE);
    if (limit < 1) {
      throw params.error("limit_side_len", "at least 1");
    }
    if (most < 1) {
      throw params.error("max_side_limit", "at least 1");
    }
    String type = params.text("limit_type", "min");
    if (!List.of("min", "max", "resize_long").contains(type)) {
      throw params.error("limit_type", "min, max or resize_long");
    }
    return sample -> {
      Canvas canvas = sample.canvas();
      double ratio = ratio(canvas, limit, type);
      int width = (int) (canvas.width() * ratio);
      int height = (int) (canvas.height() * ratio);
      if (Math.max(width, height) > most) {
        double less = (double) most / Math.max(width, height);
        width = (int) (width * less);
        height = (int) (height * less);
      }
      Scaling.resize(sample, rounded(width), rounded(height), Interpolation.BILINEAR);
    };
  }

  private static double ratio(Canvas canvas, int limit, String type) {
    double shorter = Math.min(canvas.width(), canvas.height());
    double longer = Math.max(canvas.width(), canvas.height());
    return switch (type) {
      case "min" -> Math.max(1, limit / shorter);
      case "max" -> Math.min(1, limit / longer);
      default -> limit / longer;
    };
  }

  /** Halves go to the even multiple, as Python rounds. */
  private static int rounded(int edge) {
    return Math.max(STEP, (int) (Math.rint((double) edge / STEP) * STEP));
  }
}
