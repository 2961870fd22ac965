package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.preprocess.AffinePass;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel reads for the passes of a call: an entry for each, their tables, and what they
 * read of the pictures, one after the other, so that it goes to the GPU as one. In an entered
 * context; one thread at a time.
 */
final class PassBlock implements AutoCloseable {
  private final PassStaging staging;
  private final PassTables tables = new PassTables();
  private final List<PassPicture> pictures = new ArrayList<>();
  private final List<PassEntry> entries = new ArrayList<>();
  private long bytes;

  /**
   * Without memory yet.
   *
   * @param stream what copies it to the GPU
   * @param mapped whether the GPU reads the host's memory where it lies
   */
  PassBlock(CudaStream stream, boolean mapped) {
    this.staging = new PassStaging(stream, mapped);
  }

  /**
   * Lays a call out and makes room, which the GPU does not use now.
   *
   * @throws AvocetException as {@link PassRunner#run}
   */
  void layOut(List<AffinePass> passes, List<Image> views) {
    entries.clear();
    pictures.clear();
    for (int i = 0; i < passes.size(); i++) {
      entries.add(entry(passes.get(i), views.get(i), passes.get(0)));
    }
    bytes = place();
    if (staging.reserve(bytes)) {
      tables.forget();
    }
  }

  private PassEntry entry(AffinePass pass, Image view, AffinePass first) {
    if (pass.width() != first.width()
        || pass.height() != first.height()
        || pass.channels() != first.channels()) {
      throw AvocetException.invalidArgument(
          "passes that make %s and %s cannot share a batch"
              .formatted(first.shape(1), pass.shape(1)));
    }
    if (!isInside(pass.source(), view)) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "window %s is not inside of %s".formatted(pass.source(), view));
    }
    PassPicture picture = picture(view);
    picture.include(pass, view);
    return new PassEntry(pass, view, picture);
  }

  /** Whether a window lies in an upright picture. */
  static boolean isInside(Rect window, Image picture) {
    return window.x() >= 0
        && window.y() >= 0
        && (long) window.x() + window.width() <= picture.uprightWidth()
        && (long) window.y() + window.height() <= picture.uprightHeight();
  }

  private PassPicture picture(Image view) {
    for (int i = 0; i < pictures.size(); i++) {
      if (pictures.get(i).shows(view)) {
        return pictures.get(i);
      }
    }
    PassPicture picture = new PassPicture(view);
    pictures.add(picture);
    return picture;
  }

  /** Lays the block out: entries, tables, pictures; answers its size. */
  private long place() {
    long end = tablesAt();
    for (int i = 0; i < entries.size(); i++) {
      end += entries.get(i).across().bytes() + entries.get(i).down().bytes();
    }
    if (end > Integer.MAX_VALUE) {
      throw new AvocetException(
          Status.OUT_OF_RANGE, "tables of %d bytes for %d passes".formatted(end, entries.size()));
    }
    for (int i = 0; i < pictures.size(); i++) {
      end = pictures.get(i).place(end);
    }
    return end;
  }

  private int tablesAt() {
    return Math.multiplyExact(PassEntry.BYTES, entries.size());
  }

  /**
   * Writes it, and enqueues its copy.
   *
   * @param target the GPU's address of the first entry's values
   */
  void write(long target, DataType type) {
    writeFront(target, type);
    for (int i = 0; i < pictures.size(); i++) {
      pictures.get(i).copy(staging);
    }
    staging.upload(bytes);
    // Pictures are the caller's.
    entries.clear();
    pictures.clear();
  }

  private void writeFront(long target, DataType type) {
    ByteBuffer front = staging.front();
    int table = tablesAt();
    tables.begin();
    long place = target;
    for (int i = 0; i < entries.size(); i++) {
      PassEntry entry = entries.get(i);
      AffinePass pass = entry.pass();
      int down = table + (int) entry.across().bytes();
      tables.write(entry.across(), front, table);
      tables.write(entry.down(), front, down);
      front.position(i * PassEntry.BYTES);
      entry.write(front, staging.address(), table, down, place, type);
      table = down + (int) entry.down().bytes();
      place += (long) pass.channels() * pass.width() * pass.height() * type.bytes();
    }
    tables.end();
  }

  /** The GPU's address, where the entries are. */
  long address() {
    return staging.address();
  }

  @Override
  public void close() {
    staging.close();
  }
}
