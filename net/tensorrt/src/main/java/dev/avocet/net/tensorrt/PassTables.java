package dev.avocet.net.tensorrt;

import dev.avocet.core.internal.AreaCover;
import dev.avocet.core.internal.ResizeTaps;
import dev.avocet.core.preprocess.Interpolation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes for each column or row of a pass where it reads, and with which weights: {@code
 * affine_pass.cu} says how. What is in the memory since the last time is not written again. One
 * thread at a time.
 */
final class PassTables {
  /**
   * One table.
   *
   * @param from pixels before sampling
   * @param to pixels after sampling
   * @param first position that is kept
   * @param positions how many are kept
   */
  record Table(
      PassMethod method, Interpolation interpolation, int from, int to, int first, int positions) {
    /** Taps, pixels of a mean, or slots of a row of weights. */
    int count() {
      return switch (method) {
        case POINT -> 1;
        case LINEAR, TAPS -> ResizeTaps.count(interpolation);
        case MEAN -> from / to;
        // One more than it covers if it begins anywhere, and where it begins.
        case COVER -> (from - 1) / to + 1 + 2;
      };
    }

    /** Bytes, a multiple of 16. */
    long bytes() {
      long row =
          switch (method) {
            case POINT, MEAN -> Integer.BYTES;
            case LINEAR, TAPS -> 2L * Integer.BYTES * count();
            case COVER -> (long) Long.BYTES * count();
          };
      return (row * positions + 15) & -16;
    }
  }

  /** A table and where it is. */
  private record Place(Table table, int offset) {}

  private final List<Place> written = new ArrayList<>();
  private int used;
  private int[] scratch = {};

  /** Forgets what has been written. */
  void forget() {
    written.clear();
  }

  /** Begins to write; what is beyond the last table of the last time may have been overwritten. */
  void begin() {
    used = 0;
  }

  /** Writes the next table, behind all those before. */
  void write(Table table, ByteBuffer memory, int offset) {
    Place place = new Place(table, offset);
    if (used < written.size() && written.get(used).equals(place)) {
      used++;
      return;
    }
    // Those behind it were written before it, so it may lie on them.
    end();
    fill(table, memory, offset);
    written.add(place);
    used++;
  }

  /** Ends writing: others may write behind the last table. */
  void end() {
    written.subList(used, written.size()).clear();
  }

  private void fill(Table table, ByteBuffer memory, int offset) {
    switch (table.method) {
      case POINT -> points(table, memory, offset);
      case LINEAR, TAPS -> {
        int numbers = 2 * table.count() * table.positions;
        taps(table);
        for (int i = 0; i < numbers; i++) {
          memory.putInt(offset + i * Integer.BYTES, scratch[i]);
        }
      }
      case MEAN -> {
        for (int i = 0; i < table.positions; i++) {
          memory.putInt(offset + i * Integer.BYTES, (table.first + i) * table.count());
        }
      }
      case COVER -> cover(table, memory, offset);
    }
  }

  private void points(Table table, ByteBuffer memory, int offset) {
    boolean nearest = table.from != table.to;
    if (nearest) {
      taps(
          new Table(
              table.method,
              Interpolation.NEAREST,
              table.from,
              table.to,
              table.first,
              table.positions));
    }
    for (int i = 0; i < table.positions; i++) {
      memory.putInt(offset + i * Integer.BYTES, nearest ? scratch[2 * i] : table.first + i);
    }
  }

  private void taps(Table table) {
    int numbers = Math.multiplyExact(2 * ResizeTaps.count(table.interpolation), table.positions);
    if (scratch.length < numbers) {
      scratch = new int[numbers];
    }
    ResizeTaps.fill(
        table.interpolation, table.from, table.to, table.first, table.positions, scratch);
  }

  private static void cover(Table table, ByteBuffer memory, int offset) {
    AreaCover cover = new AreaCover(table.from, table.to);
    for (int i = 0; i < table.positions; i++) {
      int at = offset + i * table.count() * Long.BYTES;
      int first = cover.first(table.first + i);
      int last = cover.last(table.first + i);
      memory.putInt(at, first).putInt(at + Integer.BYTES, last - first + 1);
      for (int pixel = first; pixel <= last; pixel++) {
        at += Long.BYTES;
        memory.putDouble(at, cover.overlap(table.first + i, pixel));
      }
    }
  }
}
