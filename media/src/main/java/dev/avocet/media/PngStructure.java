package dev.avocet.media;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (ISO/IEC 15948). Checked to the end, with their checksums, before the
 * file is decoded: libpng writes what it finds wrong to standard error.
 */
final class PngStructure {
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454e44;

  private PngStructure() {}

  /** Width and height as the header chunk states them. */
  static long[] size(String name, ByteBuffer in) {
    if (in.getInt(12) != IHDR) {
      throw PictureHeader.damaged(name, "PNG does not begin with IHDR", null);
    }
    return new long[] {in.getInt(16) & 0xffffffffL, in.getInt(20) & 0xffffffffL};
  }

  /** Checks the chunks and their checksums up to the end of the picture. */
  static void check(String name, ByteBuffer in) {
    CRC32 crc = new CRC32();
    int at = 8;
    while (at + 12 <= in.limit()) {
      long length = in.getInt(at) & 0xffffffffL;
      if (at + 12 + length > in.limit()) {
        break;
      }
      int end = (int) (at + 8 + length);
      crc.reset();
      crc.update(in.slice(at + 4, end - at - 4));
      if ((int) crc.getValue() != in.getInt(end)) {
        throw PictureHeader.damaged(
            name, "PNG has a wrong checksum in the chunk at byte " + at, null);
      }
      if (in.getInt(at + 4) == IEND) {
        return;
      }
      at = end + 4;
    }
    throw PictureHeader.damaged(
        name, "PNG is cut short: no end chunk in " + in.limit() + " bytes", null);
  }
}
