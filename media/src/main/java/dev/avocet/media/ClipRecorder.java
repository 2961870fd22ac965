package dev.avocet.media;

import dev.avocet.core.AvocetException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Videos around events of one source: holds the last seconds of its pictures as JPEG files and,
 * once {@linkplain #trigger triggered}, writes them and what follows into a file, from a thread of
 * its own.
 *
 * <pre>{@code
 * try (ClipRecorder recorder = new ClipRecorder("door", ClipRecorder.Params.DEFAULT, place)) {
 *   recorder.add(timeMillis, jpeg);  // each frame
 *   recorder.trigger();              // something happened in the one just added
 * }
 * }</pre>
 *
 * <p>A clip ends {@code after} seconds past the last trigger; one that reaches the longest length
 * is followed by the next without a gap. Nothing here waits for the disk but {@link #close}:
 * pictures wait in memory, and where there is no room for more of them, they are left out of the
 * clip and counted. A clip that cannot be written is given up, {@link State#trouble} says why, and
 * the next event tries again. Safe from any thread. Videos need avocet-media-ffmpeg on the class
 * path.
 */
public final class ClipRecorder implements AutoCloseable {
  /**
   * How much is kept.
   *
   * @param beforeSeconds of pictures before the trigger, 0 to 600
   * @param afterSeconds past the last trigger, 0 to 600
   * @param mostSeconds of one clip, above {@code beforeSeconds}, up to 3600
   * @param mostBytes of JPEG files in memory
   */
  public record Params(
      double beforeSeconds, double afterSeconds, double mostSeconds, long mostBytes) {
    /** Five seconds before and after, clips of a minute, 64 MB. */
    public static final Params DEFAULT = new Params(5, 5, 60, 64L << 20);

    private static final double MOST_AROUND = 600;
    private static final double LONGEST = 3600;

    /** Checks the values: INVALID_ARG. */
    public Params {
      check("beforeSeconds", beforeSeconds, 0, MOST_AROUND);
      check("afterSeconds", afterSeconds, 0, MOST_AROUND);
      check("mostSeconds", mostSeconds, beforeSeconds, LONGEST);
      if (mostSeconds == beforeSeconds || mostBytes < 1) {
        throw AvocetException.invalidArgument(
            "mostSeconds=%s mostBytes=%d: expected more than beforeSeconds=%s, and bytes"
                .formatted(mostSeconds, mostBytes, beforeSeconds));
      }
    }

    private static void check(String name, double value, double least, double most) {
      if (!(value >= least && value <= most)) {
        throw AvocetException.invalidArgument(
            "%s=%s: expected %s to %s".formatted(name, value, least, most));
      }
    }
  }

  /**
   * A clip that is whole.
   *
   * @param fromMillis time of its first picture, as added
   * @param toMillis time of its last picture
   * @param frames pictures in it
   * @param dropped pictures that were left out for want of room
   */
  public record Clip(Path file, double fromMillis, double toMillis, long frames, long dropped) {}

  /** Where clips go. Called from the recorder's thread; what is thrown ends the clip. */
  public interface Place {
    /**
     * Names the file of a clip that begins; its folder has to be there.
     *
     * @param fromMillis time of its first picture, as added
     * @throws AvocetException FAIL where there is no room
     */
    Path begin(double fromMillis);

    /**
     * Whether there is room for the clip to go on; asked once a second and for each megabyte of
     * JPEG files. Where there is not, the clip ends where it is.
     */
    boolean mayGrow(Path file);

    /** Takes a clip that is whole. */
    void written(Clip clip);
  }

  /**
   * How it does.
   *
   * @param recording whether a clip is being recorded
   * @param written clips that are whole
   * @param failed clips that could not be written
   * @param dropped pictures that were left out of clips: for want of room in memory or at the
   *     place, or after a failure
   * @param trouble why the last clip could not be written, a sentence; empty where it could
   */
  public record State(boolean recording, long written, long failed, long dropped, String trouble) {}

  private static final long CLOSE_MILLIS = 10_000;

  private final ClipBuffer buffer;
  private final ClipWriter writer;
  private final Thread thread;

  /**
   * Starts the thread.
   *
   * @param source what the pictures' source is called
   */
  public ClipRecorder(String source, Params params, Place place) {
    buffer = new ClipBuffer(params);
    writer = new ClipWriter(source, place);
    thread = new Thread(this::run, "avocet-clip-" + source);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (Optional<ClipBuffer.Shot> shot = buffer.take(); shot.isPresent(); shot = buffer.take()) {
        writer.take(shot.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes a picture; returns at once. Does nothing once this is closed.
   *
   * @param timeMillis when it is seen; one that is not later than the one before says that the
   *     source has begun anew, which ends a clip
   * @param jpeg a JPEG file; kept, not to be written to any more
   */
  public void add(double timeMillis, byte[] jpeg) {
    if (jpeg.length == 0 || !Double.isFinite(timeMillis)) {
      throw AvocetException.invalidArgument(
          "timeMillis=%s jpeg=%d bytes: expected a time and a JPEG file"
              .formatted(timeMillis, jpeg.length));
    }
    buffer.add(timeMillis, jpeg);
  }

  /**
   * Records what is held, and what comes; returns at once. Where no picture has come yet, the next
   * one begins the clip.
   */
  public void trigger() {
    buffer.trigger();
  }

  /** How it does. */
  public State state() {
    return new State(
        buffer.recording(),
        writer.written(),
        writer.failed(),
        buffer.dropped() + writer.left(),
        writer.trouble());
  }

  /**
   * Ends the clip and waits until it is written, ten seconds at most; a disk that takes longer has
   * the rest of the process' time. Later calls do nothing.
   */
  @Override
  public void close() {
    buffer.close();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
