package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The size that a picture file states of itself, read before anything is decoded. Written here
 * because the libraries that read headers are many times larger than the few dozen bytes that have
 * to be looked at; OpenCV allocates what the same fields say.
 *
 * @param width pixels across, at least 1
 * @param height pixels down, at least 1
 */
record PictureHeader(int width, int height) {
  /** Bytes from the start that {@link Kind#of} has to see. */
  static final int MAGIC = 16;

  /** The kinds of files that are read. */
  enum Kind {
    JPEG,
    PNG,
    BMP,
    GIF,
    WEBP,
    TIFF,
    PNM;

    /**
     * Tells the kind by the first bytes, whatever the file is called.
     *
     * @throws AvocetException INVALID_ARG where they are not those of a picture
     */
    static Kind of(String name, ByteBuffer file) {
      byte[] first = new byte[Math.min(MAGIC, file.remaining())];
      file.get(file.position(), first);
      String text = new String(first, StandardCharsets.ISO_8859_1);
      if (text.startsWith("\u00ff\u00d8\u00ff")) {
        return JPEG;
      } else if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
        return PNG;
      } else if (text.startsWith("BM")) {
        return BMP;
      } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
        return GIF;
      } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
        return WEBP;
      } else if (text.matches("(?s)(II[*+]\0|MM\0[*+]).*")) {
        return TIFF;
      } else if (text.matches("(?s)P[1-6][\\s#].*")) {
        return PNM;
      }
      throw AvocetException.invalidArgument(
          "%s: is not a picture (first bytes %s); expected JPEG, PNG, BMP, GIF, WebP, TIFF or PNM"
              .formatted(name, HexFormat.ofDelimiter(" ").formatHex(first)));
    }
  }

  /**
   * Reads the header and checks that the file is whole as far as its structure tells.
   *
   * @param name what messages call the file
   * @param file all of it, from the buffer's position to its limit; the position stays
   * @throws AvocetException INVALID_ARG where it is no picture, cut short, or has no pixels;
   *     OUT_OF_RANGE above {@code maxPixels}
   */
  static PictureHeader read(String name, ByteBuffer file, long maxPixels) {
    Kind kind = Kind.of(name, file);
    ByteBuffer in = file.slice().order(ByteOrder.BIG_ENDIAN);
    try {
      long[] size = size(kind, name, in);
      checkSize(name, kind, size, maxPixels);
      if (kind == Kind.JPEG) {
        JpegStructure.check(name, in);
      } else if (kind == Kind.PNG) {
        PngStructure.check(name, in);
      }
      return new PictureHeader((int) size[0], (int) size[1]);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw damaged(name, kind + " is cut short, after " + file.remaining() + " bytes", e);
    }
  }

  private static long[] size(Kind kind, String name, ByteBuffer in) {
    return switch (kind) {
      case JPEG -> JpegStructure.size(name, in);
      case PNG -> PngStructure.size(name, in);
      case TIFF -> TiffHeader.size(name, in);
      case BMP -> bmp(in);
      case GIF -> gif(in);
      case WEBP -> webp(name, in);
      case PNM -> pnm(name, in);
    };
  }

  private static void checkSize(String name, Kind kind, long[] size, long maxPixels) {
    if (size[0] < 1 || size[1] < 1) {
      throw damaged(name, "%s with width=%d height=%d".formatted(kind, size[0], size[1]), null);
    }
    for (int i = 0; i < size.length; i += 2) {
      // Each fits 32 bits unsigned, so that a product below zero is one that is far too large.
      long pixels = size[i] * size[i + 1];
      if (pixels < 0 || pixels > maxPixels || Math.max(size[i], size[i + 1]) > Integer.MAX_VALUE) {
        throw new AvocetException(
            Status.OUT_OF_RANGE,
            "%s: width=%d height=%d%s is more than maxPixels=%d"
                .formatted(name, size[i], size[i + 1], i > 0 ? " of a tile" : "", maxPixels));
      }
    }
  }

  /** The failure of a file that begins like a picture but is none. */
  static AvocetException damaged(String name, String what, Throwable cause) {
    return new AvocetException(Status.INVALID_ARG, name + ": is damaged: " + what, cause);
  }

  private static long[] bmp(ByteBuffer in) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(14) == 12) {
      return new long[] {in.getShort(18) & 0xffff, in.getShort(20) & 0xffff};
    }
    // A negative height means rows from the top.
    return new long[] {in.getInt(18), Math.abs((long) in.getInt(22))};
  }

  private static long[] gif(ByteBuffer in) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    return new long[] {in.getShort(6) & 0xffff, in.getShort(8) & 0xffff};
  }

  private static long[] webp(String name, ByteBuffer in) {
    in.order(ByteOrder.LITTLE_ENDIAN);
    if ((in.getInt(4) & 0xffffffffL) + 8 > in.limit()) {
      throw damaged(
          name,
          "WEBP is cut short: states %d bytes, found %d".formatted(in.getInt(4) + 8L, in.limit()),
          null);
    }
    byte[] chunk = new byte[4];
    in.get(12, chunk);
    return switch (new String(chunk, StandardCharsets.ISO_8859_1)) {
      case "VP8 " -> new long[] {in.getShort(26) & 0x3fff, in.getShort(28) & 0x3fff};
      case "VP8L" -> {
        int bits = in.getInt(21);
        yield new long[] {(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
      }
      case "VP8X" -> new long[] {(in.getInt(24) & 0xffffff) + 1, (in.getInt(26) >>> 8) + 1};
      default -> throw damaged(name, "WEBP without a picture", null);
    };
  }

  private static long[] pnm(String name, ByteBuffer in) {
    in.position(2);
    return new long[] {pnmNumber(name, in), pnmNumber(name, in)};
  }

  /** The next decimal number, blanks and comments skipped. */
  private static long pnmNumber(String name, ByteBuffer in) {
    int c = in.get();
    while (Character.isWhitespace(c) || c == '#') {
      if (c == '#') {
        while (c != '\n' && c != '\r') {
          c = in.get();
        }
      }
      c = in.get();
    }
    if (c < '0' || c > '9') {
      throw damaged(name, "PNM without width and height", null);
    }
    long value = 0;
    for (; c >= '0' && c <= '9' && value <= Integer.MAX_VALUE; c = in.get()) {
      value = 10 * value + c - '0';
    }
    return value;
  }
}
