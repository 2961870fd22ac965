package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.MemoryKind;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes JPEG files of pictures in memory, as a live page or a stream of pictures wants them: small,
 * one after the other. Its working memory is kept from one picture to the next, so that pictures of
 * one size allocate little but the file. Confined to one thread.
 */
public final class JpegEncoder implements AutoCloseable {
  /** Most pixels across or down that libjpeg takes. */
  private static final int MOST_PIXELS = 65_500;

  private final int mostWidth;
  private final IntPointer parameters;
  private final Mat bgr;
  private final Mat scaled;
  private final Mat turned;
  private boolean closed;

  /**
   * An encoder.
   *
   * @param quality 1 (smallest) to 100 (best); 75 to 85 suit a page
   * @param mostWidth pixels; wider pictures, once upright, are scaled down to it
   * @throws AvocetException INVALID_ARG for a quality or width that is none
   */
  public JpegEncoder(int quality, int mostWidth) {
    if (quality < 1 || quality > 100) {
      throw AvocetException.invalidArgument("quality=%d: expected 1 to 100".formatted(quality));
    }
    if (mostWidth < 1 || mostWidth > MOST_PIXELS) {
      throw AvocetException.invalidArgument(
          "mostWidth=%d: expected 1 to %d pixels".formatted(mostWidth, MOST_PIXELS));
    }
    OpenCv.prepare();
    this.mostWidth = mostWidth;
    parameters = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality);
    bgr = new Mat();
    scaled = new Mat();
    turned = new Mat();
  }

  /**
   * Encodes a picture of any format and rotation: upright, in colour (4:2:0, BT.601 in full range,
   * as JFIF says), and scaled down to the most width, with its shape kept, by the mean of the
   * pixels that come together.
   *
   * @param image in host memory, only read during the call
   * @return a JPEG file
   * @throws AvocetException CLOSED where this or the picture is closed, NOT_SUPPORTED where the
   *     picture lies elsewhere, OUT_OF_RANGE where it would be higher than a JPEG file can be, FAIL
   *     where OpenCV cannot encode it
   */
  public byte[] encode(Image image) {
    if (closed) {
      throw new AvocetException(Status.CLOSED, "the JPEG encoder is closed");
    }
    if (image.memoryKind() != MemoryKind.HOST) {
      throw AvocetException.notSupported(
          "memoryKind=%s: only pictures in HOST memory are encoded".formatted(image.memoryKind()));
    }
    int width = Math.min(mostWidth, image.uprightWidth());
    int height = height(image, width);
    try (Mat stored = OpenCv.view(image)) {
      Mat pixels = stored;
      if (image.format() != PixelFormat.BGR) {
        OpenCv.toBgr(image, bgr);
        pixels = bgr;
      }
      // Before it is turned, so that fewer pixels are.
      if (width < image.uprightWidth()) {
        boolean swaps = image.rotation().swapsAxes();
        try (Size size = swaps ? new Size(height, width) : new Size(width, height)) {
          opencv_imgproc.resize(pixels, scaled, size, 0, 0, opencv_imgproc.INTER_AREA);
        }
        pixels = scaled;
      }
      if (image.rotation() != Rotation.NONE) {
        OpenCv.turn(image, pixels, turned);
        pixels = turned;
      }
      return encoded(image, pixels);
    }
  }

  private static int height(Image image, int width) {
    double height = (double) image.uprightHeight() * width / image.uprightWidth();
    if (height > MOST_PIXELS) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "%s: would be %.0f pixels high, a JPEG file has at most %d"
              .formatted(image, height, MOST_PIXELS));
    }
    return (int) Math.max(1, Math.round(height));
  }

  private byte[] encoded(Image image, Mat pixels) {
    try (BytePointer encoded = new BytePointer()) {
      if (!opencv_imgcodecs.imencode(".jpg", pixels, encoded, parameters)) {
        throw new AvocetException(Status.FAIL, "OpenCV cannot encode " + image + " as JPEG");
      }
      ByteBuffer bytes = encoded.asByteBuffer();
      byte[] file = new byte[bytes.remaining()];
      bytes.get(file);
      return file;
    }
  }

  /** Frees the working memory; later calls do nothing. */
  @Override
  public void close() {
    closed = true;
    turned.close();
    scaled.close();
    bgr.close();
    parameters.close();
  }
}
