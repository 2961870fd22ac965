package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.SourceOptions;
import dev.avocet.media.internal.FrameQueue;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;

/**
 * A video, stream or camera. A thread of its own, started by the first {@link #next}, reads and
 * decodes ahead of who takes the frames; it connects again when a live input is lost. {@link
 * #close} from any thread.
 */
final class FFmpegSource implements FrameSource {
  /** How long {@link #close} waits for the thread, which ends by itself if it takes longer. */
  private static final long CLOSE_MILLIS = 900;

  private static final Logger LOG = FFmpegLog.LOG;

  private final String name;
  private final SourceOptions.Pace pace;
  private final Timing timing;
  private final Interrupt interrupt;
  private final HardwareDevice hardware;
  private final Function<VideoOpener, VideoReader> opening;
  private final VideoOpener opener;
  private final boolean live;
  private final OptionalLong size;
  private final FrameQueue<FrameSlot> queue;
  private final Thread thread;
  private volatile double frameRate;

  /** The decoding thread's once it is started. */
  private VideoReader reader;

  private long index;
  private long firstFrame;

  /** Tries to connect since the last frame. */
  private int failedTries;

  private boolean started;

  /**
   * Opens an input.
   *
   * @param name for frames, logs and messages
   * @param opening opens it, the first time and when it was lost
   * @throws AvocetException as {@link VideoOpener#open}
   */
  FFmpegSource(
      String name,
      SourceOptions options,
      Timing timing,
      Function<VideoOpener, VideoReader> opening) {
    this.name = name;
    this.pace = options.pace();
    this.timing = timing;
    this.opening = opening;
    this.hardware = HardwareDevice.open(options.hardware());
    this.interrupt = new Interrupt();
    this.opener = new VideoOpener(options, timing, hardware, interrupt);
    try {
      this.reader = opening.apply(opener);
    } catch (AvocetException e) {
      free();
      throw e;
    }
    this.frameRate = reader.frameRate();
    this.live = reader.live();
    this.size = live ? OptionalLong.empty() : reader.frames();
    this.queue = new FrameQueue<>(live || pace == SourceOptions.Pace.REAL, FrameSlot::new);
    this.thread = new Thread(this::run, "avocet-video " + name);
    thread.setDaemon(true);
  }

  @Override
  public Optional<Frame> next() {
    synchronized (thread) {
      if (!started && !queue.isClosed()) {
        started = true;
        thread.start();
      }
    }
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AvocetException(Status.CANCELLED, name + ": the waiting thread was interrupted", e);
    }
  }

  @Override
  public OptionalLong size() {
    return size;
  }

  @Override
  public OptionalDouble frameRate() {
    return frameRate > 0 ? OptionalDouble.of(frameRate) : OptionalDouble.empty();
  }

  @Override
  public long dropped() {
    return queue.dropped();
  }

  @Override
  public void close() {
    synchronized (thread) {
      if (!started && !queue.isClosed()) {
        free();
      }
      queue.close();
      if (!started) {
        return;
      }
    }
    interrupt.cancel();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.debug("{}: still waits for the system; its thread ends when that answers", name);
    }
  }

  /** Frees what is native; by the decoding thread once it is started. */
  private void free() {
    if (reader != null) {
      reader.close();
    }
    hardware.close();
    interrupt.close();
  }

  private void run() {
    try (PictureMapper mapper = new PictureMapper()) {
      FrameClock clock = new FrameClock(frameRate);
      boolean more = true;
      while (more) {
        Optional<AvocetException> reason = readAll(mapper, clock);
        more = live && reconnect(reason);
        if (more) {
          clock.restart((System.nanoTime() - firstFrame) / 1e6);
        }
      }
    } catch (RuntimeException e) {
      // Else nobody would hear of it: the thread would end, and the frames with it.
      queue.put(
          Frame.failed(
              name, index, new AvocetException(Status.FAIL, name + ": decoding failed: " + e, e)));
    } catch (InterruptedException e) {
      // Nobody outside knows this thread; whoever interrupts it wants it to end.
      Thread.currentThread().interrupt();
    } finally {
      free();
      queue.end();
    }
  }

  /**
   * Reads up to the end, or to where the input is lost.
   *
   * @return why a live input ended, where that is known
   */
  private Optional<AvocetException> readAll(PictureMapper mapper, FrameClock clock)
      throws InterruptedException {
    AvocetException failure = null;
    boolean inDamage = false;
    try (FrameSlot read = new FrameSlot()) {
      while (!queue.isClosed()) {
        try {
          if (!reader.read(read.frame())) {
            break;
          }
          inDamage = false;
          failure = null;
          deliver(read, mapper, clock);
        } catch (AvocetException e) {
          failure = e;
          if (live) {
            LOG.debug("{}", e.getMessage());
          }
          // A stretch of damage is one failed frame, however many packets it has.
          if (!live && !inDamage) {
            queue.put(Frame.failed(name, index++, e));
          }
          inDamage = true;
        }
      }
    }
    return Optional.ofNullable(failure);
  }

  /** Hands the frame over in its turn; its memory goes along, nothing is copied. */
  private void deliver(FrameSlot read, PictureMapper mapper, FrameClock clock)
      throws InterruptedException {
    failedTries = 0;
    long number = index++;
    double time = clock.next(reader.stamp(read.frame()));
    try {
      if (number == 0) {
        firstFrame = System.nanoTime();
      }
      if (pace == SourceOptions.Pace.REAL && !live) {
        queue.sleepUntil(firstFrame + (long) (time * 1e6));
      }
      Optional<FrameSlot> free = queue.acquire();
      if (free.isEmpty()) {
        return;
      }
      FrameSlot slot = free.get();
      Frame frame = null;
      try {
        avutil.av_frame_move_ref(slot.frame(), read.frame());
        Image image = mapper.image(slot, reader.rotation());
        frame = Frame.of(name, number, time, image, () -> queue.release(slot));
      } finally {
        if (frame == null) {
          queue.release(slot);
        }
      }
      queue.put(frame);
    } finally {
      read.empty();
    }
  }

  /** Opens a lost input again; false once this is closed. */
  private boolean reconnect(Optional<AvocetException> reason) throws InterruptedException {
    if (queue.isClosed()) {
      return false;
    }
    LOG.warn(
        "{}: lost ({}); connecting again",
        name,
        reason.map(AvocetException::getMessage).orElse("it ended"));
    reader.close();
    long since = System.nanoTime();
    while (queue.sleepUntil(System.nanoTime() + timing.pause(failedTries).toNanos())) {
      failedTries++;
      try {
        reader = opening.apply(opener);
        frameRate = reader.frameRate();
        LOG.info(
            "{}: connected again after {} s",
            name,
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since));
        return true;
      } catch (AvocetException e) {
        LOG.debug("{}: try {}: {}", name, failedTries, e.getMessage());
      }
    }
    return false;
  }
}
