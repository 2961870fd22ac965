package dev.avocet.preprocess.transform;

import dev.avocet.core.RectF;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.Sample;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Cuts the window that {@code TopDownGetBboxCenterScale} found (without that step, the box widened
 * by 1.25) out of the picture and samples it at {@code image_size} ({@code [width, height]}); what
 * is outside is black. As in the reference this is no affine warp: the window is rounded to whole
 * pixels and clipped, and so is its place in the network's picture. The sample's window is then
 * computed back from those, so that heads map back exactly.
 *
 * <p>Where nothing of the window is inside of the picture the reference divides 0 by 0; here the
 * network sees black and the window stays as it was. Box edges farther away than ten million pixels
 * count as there. {@code use_udp} and rotations have no effect, as in the reference.
 */
public final class TopDownAffine implements TransformProvider {
  private static final float DEFAULT_PADDING = 1.25f;
  private static final float UNIT = 200;

  /** A part of an edge in whole pixels; nothing where {@code length} is 0. */
  private record Span(long start, long length) {
    static Span of(float start, float length) {
      return new Span(Scaling.round(start), Scaling.round(length));
    }

    Span within(int whole) {
      long from = Math.max(0, start);
      return new Span(from, Math.max(0, Math.min(start + length, whole) - from));
    }

    /** Where this part of {@code outer} lies once that is scaled. */
    Span scaled(Span outer, float factor) {
      return of((start - outer.start) * factor, length * factor);
    }

    /** The middle of its first and last pixel. */
    float middle() {
      return start + (length - 1) / 2f;
    }
  }

  @Override
  public String name() {
    return "TopDownAffine";
  }

  @Override
  public Transform create(Params params) {
    int[] size = ParamReader.positivePair(params, "image_size", "[width, height]");
    return new BoxStep(sample -> apply(sample, size));
  }

  private static void apply(Sample sample, int[] size) {
    Canvas canvas = sample.canvas();
    RectF window = sample.window().orElseGet(() -> BoxWindow.of(sample, size, DEFAULT_PADDING));
    Span wantedX = Span.of(window.x(), window.width());
    Span wantedY = Span.of(window.y(), window.height());
    Span fromX = wantedX.within(canvas.width());
    Span fromY = wantedY.within(canvas.height());
    float factor = size[0] / window.width();
    sample.window(window);
    sample.imageSize(size[0], size[1]);
    if (fromX.length == 0 || fromY.length == 0) {
      black(canvas, size);
      return;
    }
    Span toX = fromX.scaled(wantedX, factor).within(size[0]);
    Span toY = fromY.scaled(wantedY, factor).within(size[1]);
    if (toX.length == 0 || toY.length == 0) {
      black(canvas, size);
      return;
    }
    place(canvas, fromX, fromY, toX, toY, size);
    sample.window(exact(fromX, fromY, toX, toY, size));
  }

  private static void place(Canvas canvas, Span fromX, Span fromY, Span toX, Span toY, int[] size) {
    canvas.crop((int) fromX.start, (int) fromY.start, (int) fromX.length, (int) fromY.length);
    canvas.resize((int) toX.length, (int) toY.length, Interpolation.BILINEAR);
    int right = (int) (size[0] - toX.start - toX.length);
    int bottom = (int) (size[1] - toY.start - toY.length);
    canvas.pad((int) toY.start, (int) toX.start, bottom, right, PadMode.CONSTANT, 0);
  }

  /** A picture of padding alone. */
  private static void black(Canvas canvas, int[] size) {
    canvas.crop(0, 0, 1, 1);
    canvas.pad(0, 0, size[1] - 1, size[0], PadMode.CONSTANT, 0);
    canvas.crop(1, 0, size[0], size[1]);
  }

  /** The part of the source that all of the network's picture stands for. */
  private static RectF exact(Span fromX, Span fromY, Span toX, Span toY, int[] size) {
    float factorX = (float) toX.length / fromX.length;
    float factorY = (float) toY.length / fromY.length;
    return BoxWindow.around(
        fromX.middle() + (size[0] / 2f - toX.middle()) / factorX,
        fromY.middle() + (size[1] / 2f - toY.middle()) / factorY,
        size[0] / factorX / UNIT * UNIT,
        size[1] / factorY / UNIT * UNIT);
  }
}
