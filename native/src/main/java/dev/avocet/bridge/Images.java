package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import java.util.ArrayList;
import java.util.List;

/** Pictures of C programs: views by avocet_image_t. Stateless. */
final class Images {
  /** Formats by their numbers in {@code enum avocet_format}. */
  static final List<PixelFormat> FORMATS =
      List.of(
          PixelFormat.BGR,
          PixelFormat.RGB,
          PixelFormat.BGRA,
          PixelFormat.RGBA,
          PixelFormat.GRAY8,
          PixelFormat.GRAY16,
          PixelFormat.NV12,
          PixelFormat.NV21,
          PixelFormat.I420,
          PixelFormat.YUYV);

  /** Rotations by their numbers in {@code enum avocet_rotation}. */
  static final List<Rotation> ROTATIONS =
      List.of(Rotation.NONE, Rotation.CLOCKWISE_90, Rotation.HALF, Rotation.COUNTERCLOCKWISE_90);

  private Images() {}

  /**
   * Views of an array of pictures, which step by the size of the first.
   *
   * @param name of the parameter, for messages
   * @throws AvocetException INVALID_ARG and OUT_OF_RANGE as {@link Image#wrap}, and for sizes and
   *     numbers that are none; NOT_SUPPORTED for pixels that are not in host memory
   */
  static List<Image> read(String name, long address, int count) {
    int size = Sized.check(name, address, Layouts.Image.BYTES);
    if (count == 1) {
      return List.of(new StoredImage(name, 0, address).view());
    }
    List<Image> images = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      StoredImage image = new StoredImage(name, i, address + (long) i * size);
      image.checkSize(size);
      images.add(image.view());
    }
    return images;
  }

  /** A view of one picture. */
  static Image read(String name, long address) {
    return read(name, address, 1).get(0);
  }

  /** Writes a picture's struct, whose pixels stay where they are. */
  static void write(Out out, int at, Image image) {
    writeHead(out, at, image.format(), image.width(), image.height());
    out.int32(at + Layouts.Image.ROTATION, ROTATIONS.indexOf(image.rotation()));
    for (int i = 0; i < image.planes().size(); i++) {
      int plane = at + Layouts.Image.PLANES + i * Layouts.Plane.BYTES;
      out.int64(plane + Layouts.Plane.DATA, image.planes().get(i).address());
      out.int32(plane + Layouts.Plane.STRIDE, image.planes().get(i).stride());
    }
  }

  /** Writes the struct of an upright picture but for its planes. */
  static void writeHead(Out out, int at, PixelFormat format, int width, int height) {
    out.int32(at + Layouts.Image.SIZE, Layouts.Image.BYTES);
    out.int32(at + Layouts.Image.FORMAT, FORMATS.indexOf(format));
    out.int32(at + Layouts.Image.WIDTH, width);
    out.int32(at + Layouts.Image.HEIGHT, height);
  }
}
