package dev.avocet.media;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.internal.Natives;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.CvErrorCallback;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** Pictures as OpenCV wants them. Stateless; the callers close what they get. */
final class OpenCv {
  static {
    Natives.prepare();
    silence();
  }

  private OpenCv() {}

  /**
   * Loads and silences the library; who makes an object of it without this class calls it first.
   */
  static void prepare() {}

  /**
   * Turns OpenCV's own log off, which would write to the process' standard error; what it says of a
   * damaged file is said by an exception. Somebody who has set the level by OPENCV_LOG_LEVEL keeps
   * it. bytedeco has no method for {@code cv::utils::logging::setLogLevel}, so it is called by its
   * address, through a function type that takes an int first and whose further arguments it leaves
   * alone.
   */
  private static void silence() {
    if (System.getenv("OPENCV_LOG_LEVEL") != null) {
      return;
    }
    Loader.load(opencv_core.class);
    Pointer setLogLevel = Loader.addressof("_ZN2cv5utils7logging11setLogLevelENS1_8LogLevelE");
    if (setLogLevel == null || setLogLevel.isNull()) {
      return;
    }
    // What JavaCPP keeps for a function: the address, and a Java object where it has one.
    try (PointerPointer<Pointer> function = new PointerPointer<>(2)) {
      function.put(0, setLogLevel).put(1, (Pointer) null);
      try (CvErrorCallback call = new CvErrorCallback(function)) {
        int silent = 0;
        call.call(silent, null, null, null, 0, null);
      }
    }
  }

  /** A matrix on the first plane of a picture, without a copy; the picture has to stay open. */
  static Mat view(Image image) {
    return plane(
        image, 0, image.format().rows(0, image.height()), image.width(), type(image.format()));
  }

  private static int type(PixelFormat format) {
    return switch (format) {
      case BGR, RGB -> opencv_core.CV_8UC3;
      case BGRA, RGBA -> opencv_core.CV_8UC4;
      case GRAY16 -> opencv_core.CV_16UC1;
      case YUYV -> opencv_core.CV_8UC2;
      case GRAY8, NV12, NV21, I420 -> opencv_core.CV_8UC1;
    };
  }

  private static Mat plane(Image image, int index, int rows, int columns, int type) {
    BytePointer pixels = new BytePointer(image.plane(index));
    return new Mat(rows, columns, type, pixels, image.planes().get(index).stride());
  }

  /** A new upright BGR matrix of any picture in host memory. */
  static Mat uprightBgr(Image image) {
    Mat bgr = new Mat();
    try {
      toBgr(image, bgr);
      turn(image, bgr, bgr);
      return bgr;
    } catch (RuntimeException e) {
      bgr.close();
      throw e;
    }
  }

  /**
   * Converts any picture in host memory, as it is stored, not turned.
   *
   * @param bgr takes the pixels; its memory is used again where the size is the same
   */
  static void toBgr(Image image, Mat bgr) {
    try (Mat source = view(image)) {
      switch (image.format()) {
        case BGR -> source.copyTo(bgr);
        case RGB -> opencv_imgproc.cvtColor(source, bgr, opencv_imgproc.COLOR_RGB2BGR);
        case BGRA -> opencv_imgproc.cvtColor(source, bgr, opencv_imgproc.COLOR_BGRA2BGR);
        case RGBA -> opencv_imgproc.cvtColor(source, bgr, opencv_imgproc.COLOR_RGBA2BGR);
        case GRAY8 -> opencv_imgproc.cvtColor(source, bgr, opencv_imgproc.COLOR_GRAY2BGR);
        case GRAY16 -> {
          source.convertTo(bgr, opencv_core.CV_8U, 1 / 257.0, 0);
          opencv_imgproc.cvtColor(bgr, bgr, opencv_imgproc.COLOR_GRAY2BGR);
        }
        case YUYV -> opencv_imgproc.cvtColor(source, bgr, opencv_imgproc.COLOR_YUV2BGR_YUY2);
        case NV12 -> twoPlanes(image, source, bgr, opencv_imgproc.COLOR_YUV2BGR_NV12);
        case NV21 -> twoPlanes(image, source, bgr, opencv_imgproc.COLOR_YUV2BGR_NV21);
        case I420 -> threePlanes(image, source, bgr);
      }
    }
  }

  private static void twoPlanes(Image image, Mat luma, Mat bgr, int code) {
    try (Mat chroma = plane(image, 1, image.height() / 2, image.width() / 2, opencv_core.CV_8UC2)) {
      opencv_imgproc.cvtColorTwoPlane(luma, chroma, bgr, code);
    }
  }

  /** By way of NV12: OpenCV takes three planes only where they lie in one block without gaps. */
  private static void threePlanes(Image image, Mat luma, Mat bgr) {
    int rows = image.height() / 2;
    int columns = image.width() / 2;
    try (Mat u = plane(image, 1, rows, columns, opencv_core.CV_8UC1);
        Mat v = plane(image, 2, rows, columns, opencv_core.CV_8UC1);
        MatVector both = new MatVector(u, v);
        Mat chroma = new Mat()) {
      opencv_core.merge(both, chroma);
      opencv_imgproc.cvtColorTwoPlane(luma, chroma, bgr, opencv_imgproc.COLOR_YUV2BGR_NV12);
    }
  }

  /**
   * Turns a matrix as its picture says.
   *
   * @param to takes the turned pixels, may be {@code from}; left alone where nothing is turned
   */
  static void turn(Image image, Mat from, Mat to) {
    switch (image.rotation()) {
      case NONE -> {}
      case CLOCKWISE_90 -> opencv_core.rotate(from, to, opencv_core.ROTATE_90_CLOCKWISE);
      case HALF -> opencv_core.rotate(from, to, opencv_core.ROTATE_180);
      case COUNTERCLOCKWISE_90 ->
          opencv_core.rotate(from, to, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
    }
  }

  /** A BGR picture with a copy of an 8-bit BGR matrix; the caller closes it. */
  static Image copyOf(Mat bgr) {
    Image image = Image.allocate(PixelFormat.BGR, bgr.cols(), bgr.rows());
    try (Mat to = view(image)) {
      bgr.copyTo(to);
      return image;
    } catch (RuntimeException e) {
      image.close();
      throw e;
    }
  }
}
