package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.BORDER_ISOLATED;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.core.preprocess.PassExecutor;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Runs passes with OpenCV's operators. Colours are converted only where it changes values: the
 * order of channels is settled where the planes are written. All memory is kept from call to call;
 * with a constant size nothing is allocated off the heap.
 */
public final class OpenCvExecutor implements PassExecutor {
  static {
    Natives.prepare();
  }

  private final SourceReader source = new SourceReader();
  private final TensorWriter writer = new TensorWriter();
  private final Mat converted = new Mat();
  private final Mat resized = new Mat();
  private final Mat bordered = new Mat();
  private final MatView kept = new MatView();
  private final Size size = new Size();
  private final int[][] channels = {{}, new int[1], {}, new int[3]};

  @Override
  public void execute(AffinePass pass, Image image, Tensor target, int index) {
    Mat picture = source.read(image, pass.source(), pass.colour());
    PixelFormat format = SourceReader.formatOf(image.format(), pass.colour());
    if (pass.colour() == PixelFormat.GRAY8 && format != PixelFormat.GRAY8) {
      cvtColor(picture, converted, Cv.conversion(format, PixelFormat.GRAY8));
      picture = converted;
      format = PixelFormat.GRAY8;
    }
    picture = bordered(pass, kept(pass, resized(pass, picture)));
    int[] order = channels[pass.channels()];
    for (int c = 0; c < order.length; c++) {
      order[c] = channelIn(format, pass.colour(), pass.order()[c]);
    }
    long sampleBytes = target.byteSize() / target.shape().dim(0);
    writer.write(pass, picture, order, target.address() + index * sampleBytes);
  }

  private Mat resized(AffinePass pass, Mat picture) {
    if (pass.resizedWidth() == picture.cols() && pass.resizedHeight() == picture.rows()) {
      return picture;
    }
    size.width(pass.resizedWidth()).height(pass.resizedHeight());
    resize(picture, resized, size, 0, 0, Cv.interpolation(pass.interpolation()));
    return resized;
  }

  private Mat kept(AffinePass pass, Mat picture) {
    Rect part = pass.kept();
    if (part.width() == picture.cols() && part.height() == picture.rows()) {
      return picture;
    }
    long stride = picture.step();
    long address =
        picture.data().address() + part.y() * stride + (long) part.x() * picture.channels();
    return kept.at(address, part.height(), part.width(), picture.type(), stride);
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
      case GRAY8 -> 0;
      case BGR, BGRA -> colour == PixelFormat.BGR ? channel : 2 - channel;
      default -> colour == PixelFormat.RGB ? channel : 2 - channel;
    };
  }

  @Override
  public void close() {
    source.close();
    writer.close();
    converted.close();
    resized.close();
    bordered.close();
    kept.close();
    size.close();
  }
}
