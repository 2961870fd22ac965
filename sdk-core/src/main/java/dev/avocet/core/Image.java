package dev.avocet.core;

import dev.avocet.core.internal.Memory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A view of a picture: up to three planes, each an address and a stride, in one {@link
 * PixelFormat}.
 *
 * <pre>{@code
 * try (Image image = Image.read(Path.of("photo.jpg"))) {
 *   System.out.println(image.width() + " x " + image.height());
 * }
 * }</pre>
 *
 * <p>{@code wrap} copies nothing: the caller's memory has to stay valid and unchanged while the
 * picture is used. {@code read}, {@code decode}, {@code allocate} and {@code copyOf} own their
 * memory and want to be closed. Coordinates have their origin at the upper left; x grows to the
 * right, y down. Sizes are those of the stored pixels: {@link #rotation} is applied by whoever uses
 * the picture. Immutable but for the pixels; safe from any thread as long as nobody writes them.
 */
public final class Image implements AutoCloseable, Valued {
  /**
   * One plane of a picture.
   *
   * @param address of the first byte of the first row
   * @param stride bytes from one row to the next
   */
  public record Plane(long address, int stride) {}

  private final PixelFormat format;
  private final int width;
  private final int height;
  private final List<Plane> planes;
  private final Rotation rotation;
  private final MemoryKind memoryKind;
  private final boolean owner;

  /** The {@link Memory} or buffer that holds the pixels, or null where nobody here knows it. */
  private final Object keepAlive;

  private volatile boolean closed;

  private Image(
      PixelFormat format,
      int width,
      int height,
      List<Plane> planes,
      Rotation rotation,
      MemoryKind memoryKind,
      boolean owner,
      Object keepAlive) {
    checkSize(format, width, height);
    if (planes.size() != format.planes()) {
      throw AvocetException.invalidArgument(
          "planes=%d: %s has %d".formatted(planes.size(), format, format.planes()));
    }
    for (int i = 0; i < planes.size(); i++) {
      Plane plane = planes.get(i);
      if (plane.address() == 0) {
        throw AvocetException.invalidArgument("plane " + i + " has address=0");
      }
      if (plane.stride() < format.rowBytes(i, width)) {
        throw AvocetException.invalidArgument(
            "plane %d: stride=%d is less than a row of %d bytes (width=%d %s)"
                .formatted(i, plane.stride(), format.rowBytes(i, width), width, format));
      }
    }
    this.format = format;
    this.width = width;
    this.height = height;
    this.planes = List.copyOf(planes);
    this.rotation = Objects.requireNonNull(rotation);
    this.memoryKind = Objects.requireNonNull(memoryKind);
    this.owner = owner;
    this.keepAlive = keepAlive;
  }

  private static void checkSize(PixelFormat format, int width, int height) {
    Objects.requireNonNull(format);
    if (width < 1 || height < 1) {
      throw AvocetException.invalidArgument(
          "width=%d height=%d: a picture has at least one pixel".formatted(width, height));
    }
    boolean oddWidth = format.subsampled() && width % 2 != 0;
    boolean oddHeight = format.subsampledRows() && height % 2 != 0;
    if (oddWidth || oddHeight) {
      throw AvocetException.invalidArgument(
          "width=%d height=%d: %s needs even sizes".formatted(width, height, format));
    }
    if ((long) width * height * format.bytesPerPixel() > Integer.MAX_VALUE) {
      throw tooLarge(width, height);
    }
  }

  private static AvocetException tooLarge(int width, int height) {
    return new AvocetException(
        Status.OUT_OF_RANGE, "width=%d height=%d is above 2 GiB".formatted(width, height));
  }

  /**
   * Reads and decodes a picture file with the {@link ImageCodec} on the class path: BGR, upright
   * (EXIF orientation applied), at most 100 megapixels. The caller closes it.
   *
   * @throws AvocetException FILE_NOT_FOUND, INVALID_ARG where the file is no picture or is damaged,
   *     OUT_OF_RANGE where it is too large, NOT_SUPPORTED where no codec is present
   */
  public static Image read(Path file) {
    return ImageCodec.installed().read(file, ImageCodec.Options.DEFAULT);
  }

  /**
   * Decodes a picture file held in memory, between the buffer's position and limit, as {@link
   * #read} does.
   */
  public static Image decode(ByteBuffer encoded) {
    return ImageCodec.installed().decode(encoded, ImageCodec.Options.DEFAULT);
  }

  /**
   * A new picture, pixels undefined, rows aligned to 64 bytes. The caller closes it.
   *
   * @throws AvocetException INVALID_ARG for a size that the format cannot have, OUT_OF_RANGE above
   *     2 GiB, OUT_OF_MEMORY
   */
  public static Image allocate(PixelFormat format, int width, int height) {
    checkSize(format, width, height);
    long[] offsets = new long[format.planes()];
    int[] strides = new int[format.planes()];
    long bytes = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = bytes;
      long stride = ((long) format.rowBytes(i, width) + Memory.ALIGNMENT - 1) & -Memory.ALIGNMENT;
      bytes += stride * format.rows(i, height);
      if (bytes > Integer.MAX_VALUE) {
        throw tooLarge(width, height);
      }
      strides[i] = (int) stride;
    }
    Memory memory = Memory.allocate(bytes);
    Plane[] planes = new Plane[offsets.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = new Plane(memory.address() + offsets[i], strides[i]);
    }
    return new Image(
        format, width, height, List.of(planes), Rotation.NONE, MemoryKind.HOST, true, memory);
  }

  /**
   * A picture with a copy of {@code pixels}, planes one after the other and rows without padding.
   * The caller closes it.
   *
   * @throws AvocetException as {@link #allocate}, and INVALID_ARG where {@code pixels} is too short
   */
  public static Image copyOf(byte[] pixels, PixelFormat format, int width, int height) {
    checkSize(format, width, height);
    long need = packedBytes(format, width, height);
    if (pixels.length < need) {
      throw AvocetException.invalidArgument(
          "pixels=%d bytes, %dx%d %s needs %d"
              .formatted(pixels.length, width, height, format, need));
    }
    Image image = allocate(format, width, height);
    int from = 0;
    for (int i = 0; i < format.planes(); i++) {
      int row = format.rowBytes(i, width);
      ByteBuffer plane = image.plane(i);
      for (int y = 0; y < format.rows(i, height); y++, from += row) {
        plane.put(y * image.planes.get(i).stride(), pixels, from, row);
      }
    }
    return image;
  }

  /**
   * A view of one packed plane at {@code address}; stride in bytes. Nothing is copied or owned.
   *
   * @throws AvocetException as {@link #wrap(List, PixelFormat, int, int)}
   */
  public static Image wrap(long address, int stride, PixelFormat format, int width, int height) {
    return wrap(List.of(new Plane(address, stride)), format, width, height);
  }

  /**
   * A view of planes at their addresses. Nothing is copied or owned.
   *
   * @throws AvocetException INVALID_ARG for an address of 0, a stride shorter than a row, another
   *     number of planes than the format has, or a size that it cannot have; OUT_OF_RANGE above 2
   *     GiB
   */
  public static Image wrap(List<Plane> planes, PixelFormat format, int width, int height) {
    return new Image(format, width, height, planes, Rotation.NONE, MemoryKind.HOST, false, null);
  }

  /**
   * A view of a direct buffer from its position on: planes one after the other, rows without
   * padding. The picture keeps the buffer alive.
   *
   * @throws AvocetException INVALID_ARG where the buffer is on the heap or too short, or the format
   *     cannot have this size; OUT_OF_RANGE above 2 GiB
   */
  public static Image wrap(ByteBuffer pixels, PixelFormat format, int width, int height) {
    checkSize(format, width, height);
    long need = packedBytes(format, width, height);
    if (pixels.remaining() < need) {
      throw AvocetException.invalidArgument(
          "pixels=%d bytes, %dx%d %s needs %d"
              .formatted(pixels.remaining(), width, height, format, need));
    }
    long address = Memory.address(pixels);
    Plane[] planes = new Plane[format.planes()];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = new Plane(address, format.rowBytes(i, width));
      address += (long) format.rowBytes(i, width) * format.rows(i, height);
    }
    return new Image(
        format, width, height, List.of(planes), Rotation.NONE, MemoryKind.HOST, false, pixels);
  }

  private static long packedBytes(PixelFormat format, int width, int height) {
    long bytes = 0;
    for (int i = 0; i < format.planes(); i++) {
      bytes += (long) format.rowBytes(i, width) * format.rows(i, height);
    }
    return bytes;
  }

  /**
   * A view of a part of this picture, which has to stay open. Subsampled formats need even edges.
   *
   * @param part in stored pixels, before {@link #rotation}
   * @throws AvocetException OUT_OF_RANGE where the part is not inside, INVALID_ARG for an odd edge
   */
  public Image region(Rect part) {
    checkOpen();
    if (part.x() < 0
        || part.y() < 0
        || (long) part.x() + part.width() > width
        || (long) part.y() + part.height() > height) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, part + " is not inside of " + width + "x" + height);
    }
    boolean oddX = format.subsampled() && part.x() % 2 != 0;
    boolean oddY = format.subsampledRows() && part.y() % 2 != 0;
    if (oddX || oddY) {
      throw AvocetException.invalidArgument(part + ": " + format + " needs even edges");
    }
    Plane[] parts = new Plane[planes.size()];
    for (int i = 0; i < parts.length; i++) {
      Plane plane = planes.get(i);
      int y = i > 0 ? part.y() / 2 : part.y();
      parts[i] =
          new Plane(
              plane.address() + (long) y * plane.stride() + format.rowBytes(i, part.x()),
              plane.stride());
    }
    return new Image(
        format,
        part.width(),
        part.height(),
        List.of(parts),
        rotation,
        memoryKind,
        false,
        keepAlive);
  }

  /**
   * The same pixels, to be turned by {@code rotation}, whatever was said before; owns nothing, so
   * that this picture has to stay open and be closed by its owner.
   */
  public Image rotated(Rotation rotation) {
    checkOpen();
    return new Image(format, width, height, planes, rotation, memoryKind, false, keepAlive);
  }

  /** This picture, which keeps its owner. */
  @Override
  public Value toValue() {
    return Value.of(this);
  }

  /** How the pixels are stored. */
  public PixelFormat format() {
    return format;
  }

  /** Stored pixels across, before {@link #rotation}. */
  public int width() {
    return width;
  }

  /** Stored pixels down, before {@link #rotation}. */
  public int height() {
    return height;
  }

  /** Pixels across once {@link #rotation} is applied. */
  public int uprightWidth() {
    return rotation.swapsAxes() ? height : width;
  }

  /** Pixels down once {@link #rotation} is applied. */
  public int uprightHeight() {
    return rotation.swapsAxes() ? width : height;
  }

  /** How the stored pixels have to be turned to be upright. */
  public Rotation rotation() {
    return rotation;
  }

  /** Where the pixels lie. */
  public MemoryKind memoryKind() {
    return memoryKind;
  }

  /** The planes, as many as the format has. */
  public List<Plane> planes() {
    checkOpen();
    return planes;
  }

  /**
   * The bytes of plane {@code index}, from the first row's first to the last row's last pixel; a
   * new view each time, in native byte order.
   *
   * @throws AvocetException OUT_OF_RANGE where there is no such plane or it is above 2 GiB
   */
  public ByteBuffer plane(int index) {
    checkOpen();
    if (index < 0 || index >= planes.size()) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "plane=" + index + ": " + format + " has " + planes.size());
    }
    Plane plane = planes.get(index);
    long bytes =
        (long) plane.stride() * (format.rows(index, height) - 1) + format.rowBytes(index, width);
    return Memory.view(plane.address(), bytes);
  }

  private void checkOpen() {
    if (closed || (keepAlive instanceof Memory memory && memory.isClosed())) {
      throw new AvocetException(Status.CLOSED, "the image " + this + " is closed");
    }
  }

  /** Frees the pixels if this picture owns them; later calls do nothing. */
  @Override
  public void close() {
    closed = true;
    if (owner && keepAlive instanceof Memory memory) {
      memory.close();
    }
  }

  @Override
  public String toString() {
    return width + "x" + height + " " + format + (owner ? "" : " (borrowed)");
  }
}
