package dev.avocet.preprocess.internal;

import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST_EXACT;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * The first part of a pass: the kept part of the sampled window, upright, in some packed format.
 *
 * <p>A pass is <em>periodic</em> where bilinear or area sampling shrinks by whole numbers, or not
 * at all. Every target pixel then takes the same pattern of source pixels, which has no direction:
 * so the kept part's own window is sampled as it is stored, and the small result is turned. Where
 * the numbers are odd the pattern of bilinear sampling is the single pixel in the middle, so the
 * colours are converted last too. Everything else has to be upright and BGR or grey before it is
 * sampled, since OpenCV rounds columns and rows differently; then only what the kept part looks at
 * is converted. Confined to one thread; owns its scratch memory.
 */
final class Sampler implements AutoCloseable {
  /** More than the eight taps of Lanczos reach beyond a pixel on either side. */
  private static final int REACH = 5;

  /** OpenCV's exact nearest neighbour counts in 16.16 bits. */
  private static final int WIDEST = (1 << 15) - 1;

  private final SourceReader source = new SourceReader();
  private final YuvPoints yuvPoints = new YuvPoints();
  private final Turner turner = new Turner();
  private final Mat grey = new Mat();
  private final Mat resized = new Mat();
  private final MatView kept = new MatView();
  private final Size size = new Size();
  private PixelFormat format;

  /** The format of what {@link #sample} gave last. */
  PixelFormat format() {
    return format;
  }

  /** Samples; valid until the next call. */
  Mat sample(AffinePass pass, Image image) {
    return isPeriodic(pass) ? periodic(pass, image) : general(pass, image);
  }

  private static boolean isPeriodic(AffinePass pass) {
    Rect window = pass.source();
    boolean same = window.width() == pass.resizedWidth() && window.height() == pass.resizedHeight();
    boolean meets =
        pass.interpolation() == Interpolation.BILINEAR
            || pass.interpolation() == Interpolation.AREA;
    return same
        || (meets
            && window.width() % pass.resizedWidth() == 0
            && window.height() % pass.resizedHeight() == 0);
  }

  private Mat periodic(AffinePass pass, Image image) {
    int across = pass.source().width() / pass.resizedWidth();
    int down = pass.source().height() / pass.resizedHeight();
    Rect part = pass.kept();
    Rect window =
        Turner.stored(
            image,
            new Rect(
                pass.source().x() + part.x() * across,
                pass.source().y() + part.y() * down,
                part.width() * across,
                part.height() * down));
    boolean swaps = image.rotation().swapsAxes();
    int width = swaps ? part.height() : part.width();
    int height = swaps ? part.width() : part.height();
    boolean asGrey = pass.colour() == PixelFormat.GRAY8;
    boolean points =
        pass.interpolation() != Interpolation.AREA
            && across % 2 == 1
            && down % 2 == 1
            && Math.max(window.width(), window.height()) <= WIDEST;
    Mat picture;
    if (points && !asGrey && YuvPoints.fits(image.format(), window, width, height)) {
      picture = yuvPoints.sample(image, window, width, height, INTER_NEAREST_EXACT);
      format = PixelFormat.BGRA;
    } else {
      picture = source.read(image, window, window, asGrey);
      format = source.format();
      if (!points) {
        // OpenCV rounds the mean of four pixels otherwise where there are two channels.
        picture = asGrey ? toGrey(oneChannel(picture)) : oneChannel(picture);
      }
      int how = points ? INTER_NEAREST_EXACT : Cv.interpolation(pass.interpolation());
      picture = resized(picture, width, height, how);
    }
    picture = turner.turn(picture, image.rotation());
    format = Turner.formatOf(format, image.rotation());
    return asGrey ? toGrey(picture) : picture;
  }

  private Mat general(AffinePass pass, Image image) {
    Rect window = pass.source();
    int width = pass.resizedWidth();
    int height = pass.resizedHeight();
    boolean asGrey = pass.colour() == PixelFormat.GRAY8;
    Mat picture;
    if (pass.interpolation() == Interpolation.NEAREST
        && !asGrey
        && image.rotation() == Rotation.NONE
        && YuvPoints.fits(image.format(), window, width, height)) {
      picture = yuvPoints.sample(image, window, width, height, INTER_NEAREST);
      format = PixelFormat.BGRA;
    } else {
      picture =
          image.rotation() == Rotation.NONE
              ? source.read(image, window, needed(pass), asGrey)
              : source.readUpright(image, Turner.stored(image, window), asGrey);
      format = source.format();
      if (asGrey) {
        picture = toGrey(picture);
      }
      picture = resized(picture, width, height, Cv.interpolation(pass.interpolation()));
    }
    return kept.at(picture, pass.kept());
  }

  /** What the kept part looks at, and some more. */
  private static Rect needed(AffinePass pass) {
    Rect window = pass.source();
    Rect part = pass.kept();
    double across = (double) window.width() / pass.resizedWidth();
    double down = (double) window.height() / pass.resizedHeight();
    int left = Math.max(0, (int) (part.x() * across) - REACH);
    int top = Math.max(0, (int) (part.y() * down) - REACH);
    int right = (int) Math.ceil((part.x() + part.width()) * across) + REACH;
    int bottom = (int) Math.ceil((part.y() + part.height()) * down) + REACH;
    return new Rect(
        window.x() + left,
        window.y() + top,
        Math.min(window.width(), right) - left,
        Math.min(window.height(), bottom) - top);
  }

  /** Grey of a picture in colour; formats that hold grey stay as they are. */
  private Mat toGrey(Mat picture) {
    if (picture.channels() < 3) {
      return picture;
    }
    cvtColor(picture, grey, Cv.conversion(format, PixelFormat.GRAY8));
    format = PixelFormat.GRAY8;
    return grey;
  }

  /** Grey of a picture with two channels; others stay as they are. */
  private Mat oneChannel(Mat picture) {
    if (picture.channels() != 2) {
      return picture;
    }
    extractChannel(picture, grey, Cv.greyChannel(format));
    format = PixelFormat.GRAY8;
    return grey;
  }

  private Mat resized(Mat picture, int width, int height, int interpolation) {
    if (width == picture.cols() && height == picture.rows()) {
      return picture;
    }
    size.width(width).height(height);
    resize(picture, resized, size, 0, 0, interpolation);
    return resized;
  }

  @Override
  public void close() {
    source.close();
    yuvPoints.close();
    turner.close();
    grey.close();
    resized.close();
    kept.close();
    size.close();
  }
}
