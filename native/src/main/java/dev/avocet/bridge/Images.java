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
  private static final List<PixelFormat> FORMATS =
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
  private static final List<Rotation> ROTATIONS =
      List.of(Rotation.NONE, Rotation.CLOCKWISE_90, Rotation.HALF, Rotation.COUNTERCLOCKWISE_90);

  private static final int HOST = 0;
  private static final int CUDA = 1;

  private Images() {}

  /**
   * Views of an array of pictures, which step by the size of the first.
   *
   * @param name of the parameter, for messages
   * @throws AvocetException INVALID_ARG and OUT_OF_RANGE as {@link Image#wrap}, and for sizes and
   *     numbers that are none; NOT_SUPPORTED for pixels that are not in host memory
   */
  static List<Image> read(String name, long address, int count) {
    int size = Sized.check(name + "[0]", address, Layouts.Image.BYTES);
    if (count == 1) {
      return List.of(view(name + "[0]", address));
    }
    List<Image> images = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String place = name + "[" + i + "]";
      long at = address + (long) i * size;
      int own = Sized.check(place, at, Layouts.Image.BYTES);
      if (own != size) {
        throw AvocetException.invalidArgument(
            "%s.size=%d: all pictures have the size of the first, %d".formatted(place, own, size));
      }
      images.add(view(place, at));
    }
    return images;
  }

  /** A view of one picture. */
  static Image read(String name, long address) {
    Sized.check(name, address, Layouts.Image.BYTES);
    return view(name, address);
  }

  private static Image view(String name, long at) {
    PixelFormat format =
        FORMATS.get(
            Arg.range(
                name + ".format", CMemory.int32(at + Layouts.Image.FORMAT), 0, FORMATS.size() - 1));
    Rotation rotation =
        ROTATIONS.get(
            Arg.range(
                name + ".rotation",
                CMemory.int32(at + Layouts.Image.ROTATION),
                0,
                ROTATIONS.size() - 1));
    int memory = Arg.range(name + ".memory", CMemory.int32(at + Layouts.Image.MEMORY), HOST, CUDA);
    if (memory != HOST) {
      throw AvocetException.notSupported(
          name + ".memory=AVOCET_MEMORY_CUDA: this release takes pictures in host memory");
    }
    int width = CMemory.int32(at + Layouts.Image.WIDTH);
    int height = CMemory.int32(at + Layouts.Image.HEIGHT);
    Image image = Image.wrap(planes(name, at, format, height), format, width, height);
    return rotation == Rotation.NONE ? image : image.rotated(rotation);
  }

  private static List<Image.Plane> planes(String name, long at, PixelFormat format, int height) {
    if (format.planes() == 1) {
      return List.of(plane(name, at, 0, height));
    }
    List<Image.Plane> planes = new ArrayList<>(format.planes());
    for (int i = 0; i < format.planes(); i++) {
      planes.add(plane(name, at, i, format.rows(i, height)));
    }
    return planes;
  }

  private static Image.Plane plane(String name, long image, int index, int rows) {
    long at = image + Layouts.Image.PLANES + (long) index * Layouts.Plane.BYTES;
    long data = CMemory.int64(at + Layouts.Plane.DATA);
    int stride = CMemory.int32(at + Layouts.Plane.STRIDE);
    if (data == 0 || (long) stride * Math.max(1, rows) > Integer.MAX_VALUE) {
      String place = "%s.planes[%d]".formatted(name, index);
      CMemory.need(place + ".data", data);
      throw AvocetException.invalidArgument(
          "%s.stride=%d: %d rows of it are above 2 GiB".formatted(place, stride, rows));
    }
    return new Image.Plane(data, stride);
  }

  /** Writes a picture's struct, whose pixels stay where they are. */
  static void write(Out out, int at, Image image) {
    out.int32(at + Layouts.Image.SIZE, Layouts.Image.BYTES);
    out.int32(at + Layouts.Image.FORMAT, FORMATS.indexOf(image.format()));
    out.int32(at + Layouts.Image.WIDTH, image.width());
    out.int32(at + Layouts.Image.HEIGHT, image.height());
    out.int32(at + Layouts.Image.ROTATION, ROTATIONS.indexOf(image.rotation()));
    for (int i = 0; i < image.planes().size(); i++) {
      int plane = at + Layouts.Image.PLANES + i * Layouts.Plane.BYTES;
      out.int64(plane + Layouts.Plane.DATA, image.planes().get(i).address());
      out.int32(plane + Layouts.Plane.STRIDE, image.planes().get(i).stride());
    }
  }
}
