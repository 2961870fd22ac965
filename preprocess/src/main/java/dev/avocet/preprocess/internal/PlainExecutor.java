package dev.avocet.preprocess.internal;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Tensor;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.PassExecutor;
import java.nio.ByteBuffer;

/**
 * Runs passes in plain Java: the definition that the other executors are tested against, written to
 * be read. Keeps nothing, allocates each time; thread safe.
 */
public final class PlainExecutor implements PassExecutor {
  @Override
  public void execute(AffinePass pass, Image source, Tensor target, int index) {
    Rect window = pass.source();
    byte[] pixels =
        PlainResize.resize(
            PlainSource.read(source, window, pass.colour()),
            window.width(),
            window.height(),
            pass.channels(),
            pass.resizedWidth(),
            pass.resizedHeight(),
            pass.interpolation());
    int area = pass.width() * pass.height();
    int sample = index * area * pass.channels();
    ByteBuffer bytes = target.bytes();
    for (int y = 0; y < pass.height(); y++) {
      for (int x = 0; x < pass.width(); x++) {
        for (int c = 0; c < pass.channels(); c++) {
          int at =
              pass.layout() == Layout.NCHW
                  ? c * area + y * pass.width() + x
                  : (y * pass.width() + x) * pass.channels() + c;
          float value = value(pass, pixels, x, y, c);
          if (pass.type() == DataType.FLOAT32) {
            bytes.putFloat((sample + at) * Float.BYTES, value);
          } else {
            bytes.put(sample + at, (byte) (int) value);
          }
        }
      }
    }
  }

  private static float value(AffinePass pass, byte[] pixels, int x, int y, int channel) {
    int u = within(x - pass.left(), pass.kept().width(), pass.padMode());
    int v = within(y - pass.top(), pass.kept().height(), pass.padMode());
    if (u < 0 || v < 0) {
      return pass.padValue()[channel];
    }
    int pixel = (pass.kept().y() + v) * pass.resizedWidth() + pass.kept().x() + u;
    int stored = pixels[pixel * pass.channels() + pass.order()[channel]] & 0xff;
    return (stored - pass.mean()[channel]) * pass.scale()[channel];
  }

  /** The position in a row of {@code length} that {@code i} stands for, or -1 for the pad value. */
  private static int within(int i, int length, PadMode mode) {
    if (i >= 0 && i < length) {
      return i;
    }
    return switch (mode) {
      case CONSTANT -> -1;
      case EDGE -> i < 0 ? 0 : length - 1;
      case REFLECT -> {
        int period = Math.max(1, 2 * length - 2);
        int at = Math.floorMod(i, period);
        yield at < length ? at : period - at;
      }
      case SYMMETRIC -> {
        int at = Math.floorMod(i, 2 * length);
        yield at < length ? at : 2 * length - 1 - at;
      }
    };
  }

  @Override
  public void close() {
    // Owns nothing.
  }
}
