package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tensor as NumPy's {@code save} writes it (format 1.0 to 3.0, numpy.lib.format): little-endian
 * float32, int32, int64 or bool in C order. Anything else is refused.
 *
 * @param type of its elements
 * @param shape its extents
 * @param begin where the elements begin in the file
 */
record NpyFile(DataType type, Shape shape, long begin) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Longer heads are those of records, which are no tensors. */
  private static final int MOST_HEAD = 4096;

  private static final Map<String, DataType> TYPES =
      Map.of(
          "<f4", DataType.FLOAT32,
          "<i4", DataType.INT32,
          "<i8", DataType.INT64,
          "|b1", DataType.BOOL);

  private static final Pattern HEAD =
      Pattern.compile(
          "\\{'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\),? ?\\}\\s*");

  /**
   * Reads the head of a file and compares its size with it.
   *
   * @throws AvocetException INVALID_ARG where it is no such file, FAIL where it cannot be read
   */
  static NpyFile of(Path file) {
    try (DataInputStream in = new DataInputStream(new FileInputStream(file.toFile()))) {
      byte[] magic = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw wrong(file, "it is not of NumPy's format");
      }
      int major = in.readUnsignedByte();
      int minor = in.readUnsignedByte();
      if (major < 1 || major > 3 || minor != 0) {
        throw wrong(file, "format %d.%d is not known".formatted(major, minor));
      }
      int length =
          major == 1
              ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
              : Integer.reverseBytes(in.readInt());
      if (length < 0 || length > MOST_HEAD) {
        throw wrong(file, "a head of %d bytes".formatted(Integer.toUnsignedLong(length)));
      }
      byte[] head = in.readNBytes(length);
      long begin = MAGIC.length + 2 + (major == 1 ? Short.BYTES : Integer.BYTES) + (long) length;
      NpyFile npy = parse(file, new String(head, StandardCharsets.UTF_8), begin);
      long size = file.toFile().length();
      if (size != begin + npy.bytes()) {
        throw wrong(
            file,
            "%d bytes, %s%s takes %d".formatted(size, npy.type, npy.shape, begin + npy.bytes()));
      }
      return npy;
    } catch (EOFException e) {
      throw new AvocetException(Status.INVALID_ARG, file + ": it ends in its head", e);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e, e);
    }
  }

  private static NpyFile parse(Path file, String head, long begin) {
    Matcher matcher = HEAD.matcher(head);
    if (!matcher.matches()) {
      throw wrong(file, "its head is \"%s\"".formatted(head.strip()));
    }
    DataType type = TYPES.get(matcher.group(1));
    if (type == null || matcher.group(2).equals("True")) {
      throw wrong(
          file,
          "elements '%s'%s; expected one of %s in C order"
              .formatted(
                  matcher.group(1),
                  matcher.group(2).equals("True") ? " in Fortran's order" : "",
                  TYPES.keySet().stream().sorted().toList()));
    }
    String extents = matcher.group(3).replace(" ", "");
    if (extents.isEmpty()) {
      return new NpyFile(type, Shape.of(), begin);
    }
    if (!extents.matches("[0-9]{1,10}(,[0-9]{1,10}){0,7},?")) {
      throw wrong(file, "shape (%s)".formatted(matcher.group(3)));
    }
    Shape shape = Shape.of(Arrays.stream(extents.split(",")).mapToLong(Long::parseLong).toArray());
    if (shape.elements() > Integer.MAX_VALUE / type.bytes()) {
      throw wrong(file, "%s%s has more than 2 GiB".formatted(type, shape));
    }
    return new NpyFile(type, shape, begin);
  }

  private static AvocetException wrong(Path file, String why) {
    return AvocetException.invalidArgument(
        "%s: %s; write it with numpy.save(path, tensor.astype(numpy.float32))"
            .formatted(file, why));
  }

  /** Bytes of all elements. */
  long bytes() {
    return shape.elements() * type.bytes();
  }

  /**
   * Reads the elements of the file that this was made of.
   *
   * @return for the caller to close
   */
  Tensor read(Path file) {
    Tensor tensor = Tensor.allocate(type, shape);
    try (FileInputStream in = new FileInputStream(file.toFile());
        ReadableByteChannel channel = Channels.newChannel(in)) {
      in.skipNBytes(begin);
      ByteBuffer buffer = tensor.bytes();
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new EOFException("it became shorter while it was read");
        }
      }
      return tensor;
    } catch (IOException e) {
      tensor.close();
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e, e);
    }
  }
}
