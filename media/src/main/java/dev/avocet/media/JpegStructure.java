package dev.avocet.media;

import java.nio.ByteBuffer;

/**
 * The chain of markers in a JPEG file (ITU-T T.81, annex B). Walked to its end before the file is
 * decoded: libjpeg fills the missing part of a cut file with grey and writes to standard error.
 */
final class JpegStructure {
  private static final int MARKER = 0xff;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int JFIF = 0x4a464946;

  private JpegStructure() {}

  /** Width and height as the first frame header states them. */
  static long[] size(String name, ByteBuffer in) {
    int frame = walk(name, in, true);
    return new long[] {in.getShort(frame + 5) & 0xffff, in.getShort(frame + 3) & 0xffff};
  }

  /** Checks that the markers form a chain up to the end of the picture. */
  static void check(String name, ByteBuffer in) {
    walk(name, in, false);
  }

  /** Goes to the first frame header and returns the byte after its marker, or to the end. */
  private static int walk(String name, ByteBuffer in, boolean toFrame) {
    int at = 2;
    while (true) {
      int marker = markerAt(name, in, at);
      at = skipFill(in, at) + 2;
      if (marker == EOI && toFrame) {
        throw PictureHeader.damaged(name, "JPEG without a picture", null);
      }
      if (marker == EOI || (toFrame && isFrame(marker))) {
        return at;
      }
      if (hasLength(marker)) {
        int length = in.getShort(at) & 0xffff;
        if (length < 2 || at + length > in.limit()) {
          throw truncated(name, in);
        }
        checkJfif(name, in, at, length);
        at += length;
      }
      if (marker == SOS) {
        at = endOfScan(in, at);
      }
    }
  }

  /** Versions that are not JFIF's make libjpeg write to standard error. */
  private static void checkJfif(String name, ByteBuffer in, int at, int length) {
    boolean jfif = length >= 9 && in.getInt(at + 2) == JFIF && in.get(at + 6) == 0;
    if (jfif && in.get(at + 7) != 1) {
      throw PictureHeader.damaged(
          name, "JPEG of JFIF version %d; known is 1".formatted(in.get(at + 7)), null);
    }
  }

  private static int markerAt(String name, ByteBuffer in, int at) {
    if (at + 1 >= in.limit()) {
      throw truncated(name, in);
    }
    if ((in.get(at) & 0xff) != MARKER) {
      throw PictureHeader.damaged(name, "JPEG has no marker at byte " + at, null);
    }
    int filled = skipFill(in, at);
    if (filled + 1 >= in.limit()) {
      throw truncated(name, in);
    }
    int marker = in.get(filled + 1) & 0xff;
    // Below 0xc0 markers are reserved or mere stuffing: the bytes are not what the encoder wrote.
    if (marker < 0xc0 && marker != 0x01) {
      throw PictureHeader.damaged(
          name, "JPEG has the marker %02x at byte %d".formatted(marker, filled), null);
    }
    return marker;
  }

  /** The last of the 0xff bytes from {@code at} on, all but one of which are padding. */
  private static int skipFill(ByteBuffer in, int at) {
    int last = at;
    while (last + 1 < in.limit() && (in.get(last + 1) & 0xff) == MARKER) {
      last++;
    }
    return last;
  }

  /** Start of the first marker after entropy-coded data, restart markers skipped. */
  private static int endOfScan(ByteBuffer in, int from) {
    int limit = in.limit();
    for (int at = from; at + 1 < limit; at++) {
      if (in.get(at) == (byte) MARKER) {
        int next = in.get(at + 1) & 0xff;
        if (next == 0 || (next >= 0xd0 && next <= 0xd7)) {
          at++;
        } else {
          return at;
        }
      }
    }
    return limit;
  }

  private static boolean hasLength(int marker) {
    return marker != 0x01 && !(marker >= 0xd0 && marker <= 0xd8);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static RuntimeException truncated(String name, ByteBuffer in) {
    return PictureHeader.damaged(
        name, "JPEG is cut short: no end marker in " + in.limit() + " bytes", null);
  }
}
