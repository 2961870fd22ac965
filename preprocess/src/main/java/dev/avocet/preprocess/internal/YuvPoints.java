package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.split;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGRA_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST_EXACT;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Samples a YUV picture where each target pixel comes from a single source pixel: the planes are
 * sampled first and only what was taken is converted. A chroma plane has half the pixels, so the
 * same rule at half the ratio finds the sample that belongs to each pixel. Confined to one thread;
 * owns its scratch memory.
 */
final class YuvPoints implements AutoCloseable {
  /** OpenCV's exact nearest neighbour counts in 16.16 bits, and every pixel becomes two. */
  private static final int WIDEST = (1 << 14) - 1;

  private final MatView luma = new MatView();
  private final MatView[] chroma = {new MatView(), new MatView()};
  private final MatView pairs = new MatView();
  private final MatView twice = new MatView();
  private final Size size = new Size();

  private final Mat[] sampled = {new Mat(), new Mat(), new Mat()};

  /** Results of splitting, with headers that are kept. */
  private final MatVector two = new MatVector(2);

  private final Mat[] ofTwo = {two.get(0), two.get(1)};
  private final MatVector four = new MatVector(4);
  private final Mat[] ofFour = {four.get(1), four.get(3)};

  /** Luma, chroma, luma, chroma: what is merged into pairs of pixels. */
  private final MatVector yuyv = new MatVector(4);

  private final Mat packed = new Mat();
  private final Mat doubled = new Mat();
  private final Mat picture = new Mat();

  /** Whether the window splits no chroma sample, and few enough pixels are taken to gain by it. */
  static boolean fits(PixelFormat format, Rect window, int width, int height) {
    int odd = window.x() | window.width();
    if (format != PixelFormat.YUYV) {
      odd |= window.y() | window.height();
    }
    return format.subsampled()
        && odd % 2 == 0
        && width <= WIDEST
        && 2L * width * height <= (long) window.width() * window.height();
  }

  /**
   * Gives BGRA of {@code width x height}; valid until the next call.
   *
   * @param window in stored pixels, which {@link #fits}
   * @param interpolation INTER_NEAREST for the first pixel that a target pixel covers,
   *     INTER_NEAREST_EXACT for the one in the middle
   */
  Mat sample(Image image, Rect window, int width, int height, int interpolation) {
    size.width(width).height(height);
    resize(luma.at(image, 0, window), sampled[0], size, 0, 0, interpolation);
    Mat lightness = sampled[0];
    switch (image.format()) {
      case I420 -> {
        for (int i = 0; i < 2; i++) {
          Mat plane = chroma[i].at(image, i + 1, window);
          resize(plane, sampled[i + 1], size, 0, 0, interpolation);
          yuyv.put(1 + 2 * i, sampled[i + 1]);
        }
      }
      case YUYV -> {
        split(sampled[0], two);
        Image.Plane plane = image.planes().get(0);
        long address = plane.address() + (long) window.y() * plane.stride() + 2L * window.x();
        Mat from = pairs.at(address, window.height(), window.width() / 2, CV_8UC4, plane.stride());
        resize(from, sampled[1], size, 0, 0, interpolation);
        split(sampled[1], four);
        lightness = ofTwo[0];
        yuyv.put(1, ofFour[0]);
        yuyv.put(3, ofFour[1]);
      }
      default -> {
        resize(chroma[0].at(image, 1, window), sampled[1], size, 0, 0, interpolation);
        split(sampled[1], two);
        boolean blueFirst = image.format() == PixelFormat.NV12;
        yuyv.put(blueFirst ? 1 : 3, ofTwo[0]);
        yuyv.put(blueFirst ? 3 : 1, ofTwo[1]);
      }
    }
    yuyv.put(0, lightness);
    yuyv.put(2, lightness);
    // OpenCV converts no limited-range YUV with chroma for each pixel: every pixel becomes a pair.
    merge(yuyv, packed);
    Mat wide = twice.at(packed.data().address(), height, 2 * width, CV_8UC2, packed.step());
    cvtColor(wide, doubled, COLOR_YUV2BGRA_YUY2);
    resize(doubled, picture, size, 0, 0, INTER_NEAREST_EXACT);
    return picture;
  }

  @Override
  public void close() {
    luma.close();
    for (MatView plane : chroma) {
      plane.close();
    }
    pairs.close();
    twice.close();
    size.close();
    for (Mat mat : sampled) {
      mat.close();
    }
    two.close();
    four.close();
    yuyv.close();
    packed.close();
    doubled.close();
    picture.close();
  }
}
