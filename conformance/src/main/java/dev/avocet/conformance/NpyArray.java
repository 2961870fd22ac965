package dev.avocet.conformance;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An array of NumPy's file format (NEP 1): little-endian float32, the last axis fastest.
 *
 * @param shape the extents
 * @param values all of them; read only
 */
record NpyArray(List<Integer> shape, FloatBuffer values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([0-9, ]*)\\)");

  static NpyArray read(Path file) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new AvocetException(Status.FILE_NOT_FOUND, "the case has no file " + file, e);
    }
    if (bytes.remaining() < 12 || !bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
      throw AvocetException.invalidArgument(file + ": not a file of NumPy");
    }
    boolean shortLength = bytes.get(6) == 1;
    long start = shortLength ? 10L + bytes.getShort(8) : 12L + bytes.getInt(8);
    if (start < 10 || start > bytes.limit()) {
      throw AvocetException.invalidArgument(file + ": the header is cut off");
    }
    String header = StandardCharsets.ISO_8859_1.decode(bytes.slice(8, (int) start - 8)).toString();
    Matcher shape = SHAPE.matcher(header);
    if (!header.contains("'<f4'") || !header.contains("'fortran_order': False") || !shape.find()) {
      throw AvocetException.invalidArgument(file + ": expected float32, found " + header.strip());
    }
    List<Integer> extents =
        Stream.of(shape.group(1).split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(Integer::valueOf)
            .toList();
    bytes.position((int) start);
    FloatBuffer values = bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    long wanted = extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (values.limit() != wanted) {
      throw AvocetException.invalidArgument(
          "%s: %d values for the shape %s".formatted(file, values.limit(), extents));
    }
    return new NpyArray(extents, values.asReadOnlyBuffer());
  }
}
