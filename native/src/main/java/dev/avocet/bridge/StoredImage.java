package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import java.util.ArrayList;
import java.util.List;

/**
 * One avocet_image_t of a caller's, size checked by {@link Sized}.
 *
 * @param array name of the parameter that it is in, for messages
 * @param index place in it
 * @param address of the struct
 */
record StoredImage(String array, int index, long address) {
  private static final int HOST = 0;
  private static final int CUDA = 1;

  /** Refuses a size that is not that of the first picture, by which the array steps. */
  void checkSize(int first) {
    int size = int32(Layouts.Image.SIZE);
    if (size != first) {
      throw AvocetException.invalidArgument(
          "%s.size=%d: all pictures have the size of the first, %d".formatted(name(), size, first));
    }
  }

  /** A view of the pixels, which stay the caller's. */
  Image view() {
    PixelFormat format = one(Images.FORMATS, "format", int32(Layouts.Image.FORMAT));
    Rotation rotation = one(Images.ROTATIONS, "rotation", int32(Layouts.Image.ROTATION));
    checkMemory(int32(Layouts.Image.MEMORY));
    int width = int32(Layouts.Image.WIDTH);
    int height = int32(Layouts.Image.HEIGHT);
    List<Image.Plane> planes = planes(format, height);
    try {
      Image image = Image.wrap(planes, format, width, height);
      return rotation == Rotation.NONE ? image : image.rotated(rotation);
    } catch (AvocetException e) {
      throw new AvocetException(e.status(), name() + ": " + e.getMessage(), e);
    }
  }

  private <T> T one(List<T> all, String field, int number) {
    if (number < 0 || number >= all.size()) {
      throw AvocetException.invalidArgument(
          "%s.%s=%d: expected 0 to %d".formatted(name(), field, number, all.size() - 1));
    }
    return all.get(number);
  }

  private void checkMemory(int memory) {
    if (memory == CUDA) {
      throw AvocetException.notSupported(
          name() + ".memory=AVOCET_MEMORY_CUDA: this release takes pictures in host memory");
    }
    if (memory != HOST) {
      throw AvocetException.invalidArgument(
          "%s.memory=%d: expected %d or %d".formatted(name(), memory, HOST, CUDA));
    }
  }

  private List<Image.Plane> planes(PixelFormat format, int height) {
    if (format.planes() == 1) {
      return List.of(plane(0, height));
    }
    List<Image.Plane> planes = new ArrayList<>(format.planes());
    for (int i = 0; i < format.planes(); i++) {
      planes.add(plane(i, format.rows(i, height)));
    }
    return planes;
  }

  private Image.Plane plane(int plane, int rows) {
    long at = address + Layouts.Image.PLANES + (long) plane * Layouts.Plane.BYTES;
    long data = CMemory.int64(at + Layouts.Plane.DATA);
    int stride = CMemory.int32(at + Layouts.Plane.STRIDE);
    if (!CMemory.isAddress(data)) {
      CMemory.need("%s.planes[%d].data".formatted(name(), plane), data);
    }
    if ((long) stride * rows > Integer.MAX_VALUE) {
      throw AvocetException.invalidArgument(
          "%s.planes[%d].stride=%d: %d rows of it are above 2 GiB"
              .formatted(name(), plane, stride, rows));
    }
    return new Image.Plane(data, stride);
  }

  private int int32(int field) {
    return CMemory.int32(address + field);
  }

  private String name() {
    return array + "[" + index + "]";
  }
}
