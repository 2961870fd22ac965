package dev.avocet.core;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Reads and writes picture files. Found by {@link ServiceLoader}; the module {@code avocet-media}
 * has one. Implementations are thread safe and keep nothing between calls.
 */
public interface ImageCodec {
  /**
   * How to decode.
   *
   * @param applyOrientation whether the EXIF orientation is applied to the pixels
   * @param maxPixels largest width times height that is accepted, checked in the file's header
   *     before any pixel is allocated
   */
  record Options(boolean applyOrientation, long maxPixels) {
    /** Upright, at most 100 megapixels. */
    public static final Options DEFAULT = new Options(true, 100_000_000L);

    /** Checks the limit. */
    public Options {
      if (maxPixels < 1) {
        throw AvocetException.invalidArgument("maxPixels=" + maxPixels + " is not positive");
      }
    }
  }

  /**
   * Reads a picture file into a BGR picture that the caller closes.
   *
   * @throws AvocetException FILE_NOT_FOUND; INVALID_ARG where it is empty, damaged or no picture;
   *     OUT_OF_RANGE above the limit
   */
  Image read(Path file, Options options);

  /** Decodes the bytes between a buffer's position and limit, like {@link #read}. */
  Image decode(ByteBuffer encoded, Options options);

  /**
   * Writes a picture of any format, upright; the file's ending says the format ({@code .png},
   * {@code .jpg}, …). Writes a temporary file beside it and renames, so that a failure leaves no
   * half-written picture.
   *
   * @throws AvocetException INVALID_ARG for an unknown ending, FAIL where it cannot be written
   */
  void write(Image image, Path file);

  /**
   * The codec on the class path.
   *
   * @throws AvocetException NOT_SUPPORTED where there is none, or one that cannot be loaded
   */
  static ImageCodec installed() {
    try {
      return ServiceLoader.load(ImageCodec.class)
          .findFirst()
          .orElseThrow(
              () ->
                  AvocetException.notSupported(
                      "no ImageCodec is on the class path: add the module avocet-media"));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new AvocetException(
          Status.NOT_SUPPORTED, "the ImageCodec on the class path cannot be loaded: " + e, e);
    }
  }
}
