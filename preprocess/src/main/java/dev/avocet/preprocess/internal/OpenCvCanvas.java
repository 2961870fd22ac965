package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.BORDER_ISOLATED;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_64F;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_core.flip;
import static org.bytedeco.opencv.global.opencv_core.multiply;
import static org.bytedeco.opencv.global.opencv_core.split;
import static org.bytedeco.opencv.global.opencv_core.subtract;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.preprocess.Canvas;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.PadMode;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The canvas that does each step at once, with the OpenCV operator that the reference runtime uses.
 * The n-th step of a call writes into the n-th scratch {@code Mat}, which the next call finds again
 * in its size. Confined to one thread; owns its scratch memory.
 */
public final class OpenCvCanvas implements Canvas, AutoCloseable {
  static {
    Natives.prepare();
  }

  private static final int AROUND_THE_COLUMNS = 1;

  private final SourceReader source = new SourceReader();
  private final List<Mat> scratch = new ArrayList<>();
  private final List<MatView> views = new ArrayList<>();
  private final Mat numbers = new Mat(4, 1, CV_64F);
  private final DoubleBuffer numberValues = numbers.createBuffer();
  private final Size size = new Size();
  private final MatVector planes = new MatVector(3);
  private int scratchUsed;
  private int viewsUsed;
  private Image image;
  private Rect region;
  private Mat picture;
  private boolean planar;
  private boolean redFirst;

  /** Starts with a region of another source picture, in upright pixels; {@link #load} takes it. */
  public void begin(Image image, Rect region) {
    this.image = image;
    this.region = region;
    scratchUsed = 0;
    viewsUsed = 0;
    planar = false;
  }

  /** Writes the picture, as planes or interleaved, into entry {@code index} of the target. */
  public void writeTo(Tensor target, int index) {
    int channels = channels();
    int elementBytes = type().bytes();
    long plane = (long) width() * height() * elementBytes;
    long address = target.address() + index * plane * channels;
    if (!planar || channels == 1) {
      long stride = (long) width() * channels * elementBytes;
      picture.copyTo(view().at(address, height(), width(), picture.type(), stride));
      return;
    }
    for (int c = 0; c < channels; c++) {
      long stride = (long) width() * elementBytes;
      planes.put(c, view().at(address + c * plane, height(), width(), picture.depth(), stride));
    }
    split(picture, planes);
  }

  @Override
  public int width() {
    return picture.cols();
  }

  @Override
  public int height() {
    return picture.rows();
  }

  @Override
  public int channels() {
    return picture.channels();
  }

  @Override
  public DataType type() {
    return picture.depth() == CV_32F ? DataType.FLOAT32 : DataType.UINT8;
  }

  @Override
  public void load(PixelFormat colour) {
    boolean grey = colour == PixelFormat.GRAY8;
    picture = source.readUpright(image, Turner.stored(image, region), grey);
    PixelFormat format = source.format();
    if (picture.channels() == 2) {
      Mat to = next();
      extractChannel(picture, to, Cv.greyChannel(format));
      picture = to;
      format = PixelFormat.GRAY8;
    }
    int code = Cv.conversion(format, colour);
    if (code != Cv.SAME) {
      convertColour(code);
    }
    redFirst = colour == PixelFormat.RGB;
  }

  @Override
  public void resize(int width, int height, Interpolation interpolation) {
    if (width == width() && height == height()) {
      return;
    }
    Mat to = next();
    size.width(width).height(height);
    opencv_imgproc.resize(picture, to, size, 0, 0, Cv.interpolation(interpolation));
    picture = to;
  }

  @Override
  public void crop(int x, int y, int width, int height) {
    long stride = picture.step();
    long address = picture.data().address() + y * stride + x * picture.elemSize();
    picture = view().at(address, height, width, picture.type(), stride);
  }

  @Override
  public void pad(int top, int left, int bottom, int right, PadMode mode, float value) {
    Mat to = next();
    int type = Cv.border(mode) | BORDER_ISOLATED;
    try (Scalar scalar = new Scalar(value, value, value, value)) {
      copyMakeBorder(picture, to, top, bottom, left, right, type, scalar);
    }
    picture = to;
  }

  @Override
  public void normalize(float[] mean, float[] std, boolean swapRedBlue) {
    if (swapRedBlue) {
      swapRedBlue();
    }
    Mat to = next();
    if (mean.length == 1) {
      picture.convertTo(to, CV_32F, 1, -mean[0]);
      to.convertTo(to, CV_32F, 1f / std[0], 0);
      picture = to;
      return;
    }
    picture.convertTo(to, CV_32F);
    // OpenCV takes four doubles as one value a channel; of one channel, as a picture of four rows.
    for (int c = 0; c < mean.length; c++) {
      numberValues.put(c, mean[c]);
    }
    subtract(to, numbers, to);
    for (int c = 0; c < std.length; c++) {
      numberValues.put(c, 1f / std[c]);
    }
    multiply(to, numbers, to);
    picture = to;
  }

  @Override
  public void swapRedBlue() {
    if (channels() == 3) {
      convertColour(COLOR_BGR2RGB);
      redFirst = !redFirst;
    }
  }

  @Override
  public void toGrey(int channels) {
    if (channels() == 3) {
      convertColour(redFirst ? COLOR_RGB2GRAY : COLOR_BGR2GRAY);
    }
    if (channels == 3) {
      convertColour(COLOR_GRAY2BGR);
    }
  }

  @Override
  public void mirror() {
    Mat to = next();
    flip(picture, to, AROUND_THE_COLUMNS);
    picture = to;
  }

  @Override
  public void toFloat() {
    if (type() != DataType.FLOAT32) {
      Mat to = next();
      picture.convertTo(to, CV_32F);
      picture = to;
    }
  }

  @Override
  public void toPlanar() {
    planar = true;
  }

  @Override
  public ByteBuffer pixels() {
    Mat own = next();
    picture.copyTo(own);
    picture = own;
    long bytes = (long) width() * height() * picture.elemSize();
    return Memory.view(own.data().address(), bytes);
  }

  private void convertColour(int code) {
    Mat to = next();
    cvtColor(picture, to, code);
    picture = to;
  }

  private Mat next() {
    if (scratchUsed == scratch.size()) {
      scratch.add(new Mat());
    }
    return scratch.get(scratchUsed++);
  }

  private MatView view() {
    if (viewsUsed == views.size()) {
      views.add(new MatView());
    }
    return views.get(viewsUsed++);
  }

  @Override
  public void close() {
    source.close();
    scratch.forEach(Mat::close);
    views.forEach(MatView::close);
    numbers.close();
    size.close();
    planes.close();
  }
}
