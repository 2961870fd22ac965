package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.BORDER_ISOLATED;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.PassExecutor;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Runs passes with OpenCV's operators. Colours are converted only where it changes values: the
 * order of channels is settled where the planes are written. All memory is kept from call to call;
 * with a constant size nothing is allocated off the heap.
 */
public final class OpenCvExecutor implements PassExecutor {
  static {
    Natives.prepare();
  }

  private final Sampler sampler = new Sampler();
  private final TensorWriter writer = new TensorWriter();
  private final Mat bordered = new Mat();
  private final int[][] channels = {{}, new int[1], {}, new int[3]};

  @Override
  public void execute(AffinePass pass, Image image, Tensor target, int index) {
    Mat picture = bordered(pass, sampler.sample(pass, image));
    int[] order = channels[pass.channels()];
    for (int c = 0; c < order.length; c++) {
      order[c] = channelIn(sampler.format(), pass.colour(), pass.order()[c]);
    }
    long sampleBytes = target.byteSize() / target.shape().dim(0);
    writer.write(pass, picture, order, target.address() + index * sampleBytes);
  }

  private Mat bordered(AffinePass pass, Mat picture) {
    if (pass.padMode() == PadMode.CONSTANT || !pass.padded()) {
      return picture;
    }
    int bottom = pass.height() - pass.top() - pass.kept().height();
    int right = pass.width() - pass.left() - pass.kept().width();
    int type = Cv.border(pass.padMode()) | BORDER_ISOLATED;
    copyMakeBorder(picture, bordered, pass.top(), bottom, pass.left(), right, type);
    return bordered;
  }

  /** Which channel of a packed format holds channel {@code channel} of {@code colour}. */
  private static int channelIn(PixelFormat format, PixelFormat colour, int channel) {
    return switch (format) {
      case BGR, BGRA -> colour == PixelFormat.BGR ? channel : 2 - channel;
      case RGB, RGBA -> colour == PixelFormat.RGB ? channel : 2 - channel;
      default -> Cv.greyChannel(format);
    };
  }

  @Override
  public void close() {
    sampler.close();
    writer.close();
    bordered.close();
  }
}
