package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.split;

import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * The last part of a pass: an 8-bit interleaved picture becomes planes, each is scaled straight
 * into the target's memory, and the padding around it is filled. Splitting bytes and then widening
 * each plane takes a third of the time of widening first (see this module's README). Confined to
 * one thread; owns its scratch memory.
 */
final class TensorWriter implements AutoCloseable {
  private final MatView destination = new MatView();
  private final MatView fill = new MatView();
  private final MatView[] strips = {
    new MatView(), new MatView(), new MatView(), new MatView(),
  };

  /** The picture's channels, one above the other, and a header for each. */
  private final PlaneStack split = new PlaneStack();

  /** The target's channels before they are interleaved; with {@link Layout#NHWC} only. */
  private final PlaneStack planar = new PlaneStack();

  /** Zeros in the target's size: what padding is converted from. */
  private Mat blank = new Mat();

  private long blankAddress;

  /**
   * Writes one sample.
   *
   * @param picture 8-bit, the kept part, or all of the target where its edge pads it
   * @param channels channel of the picture for each channel of the target
   * @param address of the sample in the target
   */
  void write(AffinePass pass, Mat picture, int[] channels, long address) {
    int depth = Cv.depth(pass.type());
    boolean interleave = pass.layout() == Layout.NHWC && channels.length > 1;
    long planes = address;
    if (interleave) {
      planar.allocate(channels.length, pass.height(), pass.width(), depth);
      planes = planar.address();
    }
    boolean single = picture.channels() == 1;
    if (!single) {
      split.allocate(picture.channels(), picture.rows(), picture.cols(), CV_8UC1);
      split(picture, split.vector());
    }
    long planeBytes = (long) pass.width() * pass.height() * pass.type().bytes();
    for (int c = 0; c < channels.length; c++) {
      Mat from = single ? picture : split.plane(channels[c]);
      writePlane(pass, c, from, planes + c * planeBytes);
    }
    if (interleave) {
      int type = CV_MAKETYPE(depth, channels.length);
      long stride = (long) pass.width() * channels.length * pass.type().bytes();
      merge(planar.vector(), destination.at(address, pass.height(), pass.width(), type, stride));
    }
  }

  private void writePlane(AffinePass pass, int channel, Mat from, long plane) {
    int type = Cv.depth(pass.type());
    int bytes = pass.type().bytes();
    long stride = (long) pass.width() * bytes;
    boolean whole = pass.padMode() != PadMode.CONSTANT;
    long address = whole ? plane : plane + pass.top() * stride + (long) pass.left() * bytes;
    Mat to = destination.at(address, from.rows(), from.cols(), type, stride);
    float mean = pass.mean()[channel];
    float scale = pass.scale()[channel];
    if (mean == 0) {
      from.convertTo(to, type, scale, 0);
    } else {
      // In one step, v * scale - mean * scale, the last bit differs from the definition, which
      // shows where a network's answer is rounded.
      from.convertTo(to, type, 1, -mean);
      if (scale != 1) {
        to.convertTo(to, type, scale, 0);
      }
    }
    if (!whole && pass.padded()) {
      pad(pass, plane, pass.padValue()[channel]);
    }
  }

  /** Fills above, below, left and right of the kept part. */
  private void pad(AffinePass pass, long plane, float value) {
    if (blank.rows() != pass.height() || blank.cols() != pass.width()) {
      blank.close();
      try (Scalar zero = new Scalar(0.0)) {
        blank = new Mat(pass.height(), pass.width(), CV_8UC1, zero);
      }
      blankAddress = blank.data().address();
    }
    int keptHeight = pass.kept().height();
    int right = pass.left() + pass.kept().width();
    int bottom = pass.top() + keptHeight;
    fill(pass, plane, 0, 0, 0, pass.top(), pass.width(), value);
    fill(pass, plane, 1, bottom, 0, pass.height() - bottom, pass.width(), value);
    fill(pass, plane, 2, pass.top(), 0, keptHeight, pass.left(), value);
    fill(pass, plane, 3, pass.top(), right, keptHeight, pass.width() - right, value);
  }

  private void fill(
      AffinePass pass, long plane, int strip, int y, int x, int rows, int cols, float value) {
    if (rows == 0 || cols == 0) {
      return;
    }
    int type = Cv.depth(pass.type());
    int bytes = pass.type().bytes();
    long address = plane + ((long) y * pass.width() + x) * bytes;
    Mat to = strips[strip].at(address, rows, cols, type, (long) pass.width() * bytes);
    Mat from = blank;
    if (rows != pass.height() || cols != pass.width()) {
      from = fill.at(blankAddress, rows, cols, CV_8UC1, pass.width());
    }
    // 0 * v + value is vectorised; Mat::setTo takes seven times as long.
    from.convertTo(to, type, 0, value);
  }

  @Override
  public void close() {
    destination.close();
    fill.close();
    for (MatView strip : strips) {
      strip.close();
    }
    split.close();
    planar.close();
    blank.close();
  }

  /** Planes of one size in one block, with headers that are kept. */
  private static final class PlaneStack implements AutoCloseable {
    private Mat block = new Mat();
    private Mat[] planes = {};
    private MatVector vector;
    private int rows;
    private int cols;
    private int type;

    void allocate(int count, int rows, int cols, int type) {
      if (count == planes.length && rows == this.rows && cols == this.cols && type == this.type) {
        return;
      }
      close();
      block = new Mat(count * rows, cols, type);
      planes = new Mat[count];
      for (int i = 0; i < count; i++) {
        planes[i] = block.rowRange(i * rows, (i + 1) * rows);
      }
      vector = new MatVector(planes);
      this.rows = rows;
      this.cols = cols;
      this.type = type;
    }

    Mat plane(int index) {
      return planes[index];
    }

    MatVector vector() {
      return vector;
    }

    long address() {
      return block.data().address();
    }

    @Override
    public void close() {
      if (vector != null) {
        vector.close();
        vector = null;
      }
      for (Mat plane : planes) {
        plane.close();
      }
      planes = new Mat[0];
      block.close();
    }
  }
}
