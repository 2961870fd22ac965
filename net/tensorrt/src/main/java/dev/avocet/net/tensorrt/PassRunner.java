package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.MemoryKind;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.preprocess.AffinePass;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs passes on the GPU, all those of a call with one start of {@code affine_pass.cu}: any number
 * of regions of any number of pictures. What they read of the pictures, parameters and tables of
 * weights lie one after the other in one block, which goes to the GPU; where memory is mapped the
 * GPU reads the block where it lies. In an entered context; one thread at a time.
 */
final class PassRunner implements AutoCloseable {
  private final CudaStream stream;
  private final AffineKernel kernel;
  private final PassStaging staging;
  private final PassTables tables = new PassTables();
  // Behind the last use of the block.
  private final CudaEvent free;
  private final List<PassPicture> pictures = new ArrayList<>();
  private final List<PassEntry> entries = new ArrayList<>();

  /**
   * Compiles the kernel if it is the first for this kind of GPU.
   *
   * @param stream what is run in
   * @param mapped whether the GPU reads the host's memory where it lies
   * @throws AvocetException as {@link NvrtcProgram#compile}
   */
  PassRunner(CudaContext context, CudaStream stream, boolean mapped) {
    this(AffineKernel.image(context.device), stream, mapped);
  }

  /** With a kernel that has been compiled. */
  PassRunner(byte[] image, CudaStream stream, boolean mapped) {
    this.stream = stream;
    this.kernel = new AffineKernel(image);
    this.staging = new PassStaging(stream, mapped);
    try {
      this.free = new CudaEvent(false);
    } catch (RuntimeException e) {
      Closing.all(staging, kernel);
      throw e;
    }
  }

  /**
   * Why a pass cannot be run, for people, or empty where it can. FLOAT16 inputs take what makes
   * FLOAT32.
   *
   * @param input what is filled; how many entries it takes does not count
   */
  static Optional<String> objection(AffinePass pass, Image picture, TensorInfo input) {
    boolean same = input.type() == pass.type();
    boolean narrowed = input.type() == DataType.FLOAT16 && pass.type() == DataType.FLOAT32;
    if (!(same || narrowed)
        || input.shape().rank() != 4
        || !input.shape().with(0, -1).accepts(pass.shape(1))) {
      return Optional.of("the input is no picture of this type and size");
    }
    if (picture.memoryKind() != MemoryKind.HOST) {
      return Optional.of("the picture is not in the host's memory");
    }
    if (!isInside(pass.source(), picture)) {
      return Optional.of("the window is not inside of the picture");
    }
    return Optional.empty();
  }

  private static boolean isInside(Rect window, Image picture) {
    return window.x() >= 0
        && window.y() >= 0
        && (long) window.x() + window.width() <= picture.uprightWidth()
        && (long) window.y() + window.height() <= picture.uprightHeight();
  }

  /**
   * Copies what is read of the pictures, and enqueues what fills the entries of a batch. The
   * pictures are not needed any more when this returns.
   *
   * @param passes one for each entry, of one shape, without {@link #objection}
   * @param views the picture of each entry
   * @param target the GPU's address of the first entry
   * @param type of the values: FLOAT32, FLOAT16 or UINT8
   * @throws AvocetException INVALID_ARG where shapes differ, OUT_OF_RANGE where a window is not
   *     inside of its picture, OUT_OF_MEMORY, FAIL with the driver's words
   */
  void run(List<AffinePass> passes, List<Image> views, long target, DataType type) {
    // The GPU may still be reading what the last call has written.
    free.synchronize();
    entries.clear();
    pictures.clear();
    for (int i = 0; i < passes.size(); i++) {
      entries.add(entry(passes.get(i), views.get(i), passes.get(0)));
    }
    long end = place();
    if (staging.reserve(end)) {
      tables.forget();
    }
    try {
      writeFront(target, type);
      for (int i = 0; i < pictures.size(); i++) {
        pictures.get(i).copy(staging);
      }
      staging.upload(end);
      AffinePass first = passes.get(0);
      kernel.launch(stream, staging.address(), entries.size(), first.width(), first.height());
      free.record(stream);
    } catch (RuntimeException e) {
      settle(e);
      throw e;
    } finally {
      entries.clear();
      pictures.clear();
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

  /** What has been begun still reads the block. */
  private void settle(RuntimeException failure) {
    try {
      stream.synchronize();
    } catch (AvocetException e) {
      failure.addSuppressed(e);
    }
  }

  /** Frees everything; what has been enqueued has ended. */
  @Override
  public void close() {
    Closing.all(free, staging, kernel);
  }
}
