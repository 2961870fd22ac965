package dev.avocet.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The first directory of a TIFF 6.0 or BigTIFF file, as far as it states the size. */
final class TiffHeader {
  private static final int WIDTH = 256;
  private static final int LENGTH = 257;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_LENGTH = 323;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private TiffHeader() {}

  /** Width, height, and those of a tile, which is decoded as a whole; 0 where a tag is missing. */
  static long[] size(String name, ByteBuffer in) {
    in.order(in.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean big = in.getShort(2) == 43;
    long directory = big ? in.getLong(8) : in.getInt(4) & 0xffffffffL;
    if (directory < 8 || directory > in.limit() - 8L) {
      throw PictureHeader.damaged(
          name,
          "TIFF is cut short: directory at byte %d of %d".formatted(directory, in.limit()),
          null);
    }
    int at = (int) directory;
    long entries = big ? in.getLong(at) : in.getShort(at) & 0xffff;
    at += big ? 8 : 2;
    long[] size = new long[4];
    for (long i = 0; i < entries; i++, at += big ? 20 : 12) {
      int slot =
          switch (in.getShort(at) & 0xffff) {
            case WIDTH -> 0;
            case LENGTH -> 1;
            case TILE_WIDTH -> 2;
            case TILE_LENGTH -> 3;
            default -> -1;
          };
      // libtiff takes the first of several.
      if (slot >= 0 && size[slot] == 0) {
        size[slot] = value(in, at, big);
      }
    }
    return size;
  }

  private static long value(ByteBuffer in, int at, boolean big) {
    int where = at + (big ? 12 : 8);
    return switch (in.getShort(at + 2)) {
      case SHORT -> in.getShort(where) & 0xffff;
      case LONG -> in.getInt(where) & 0xffffffffL;
      default -> 0;
    };
  }
}
