package dev.avocet.media.gst;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import dev.avocet.media.internal.FrameQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames of a GStreamer pipeline: NV12, NV21, I420, YUY2, BGR, RGB with or without a fourth
 * channel, and grey, as the pipeline gives them, without conversion and in memory that is used
 * again. NV12 and the like are taken for ITU-R BT.601 in limited range, as everywhere here; a
 * pipeline whose colours are others ends best with {@code videoconvert ! video/x-raw,format=BGR}.
 *
 * <p>Of a live pipeline (GStreamer says so itself) the newest frame comes, and it is started again
 * when it is lost, after 0.25 s, 0.5 s, … 5 s; of others every frame comes, in order, unless
 * {@linkplain SourceOptions.Pace#REAL its own time} is asked for. {@link #close} from any thread.
 */
public final class GstSource implements FrameSource {
  private static final Logger LOG = LoggerFactory.getLogger(GstSource.class);
  private static final Duration OPEN = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_NANOS = 250_000_000;
  private static final long LONGEST_PAUSE_NANOS = 5_000_000_000L;
  private static final long CLOSE_MILLIS = 900;
  private static final double DEFAULT_RATE = 25;

  /** A pipeline that runs and whose frames are known. */
  private record Running(GstChild child, FileChannel frames, GstCaps caps)
      implements AutoCloseable {
    @Override
    public void close() {
      child.close();
      try {
        frames.close();
      } catch (IOException e) {
        LOG.debug("a pipe cannot be closed: {}", e.toString());
      }
    }
  }

  private final String name;
  private final List<String> pipeline;
  private final SourceOptions options;
  private final boolean live;
  private final double rate;
  private final FrameQueue<GstSlot> queue;
  private final Thread thread;

  /** The run under way, or the one that is being started; guarded by this. */
  private GstChild child;

  private boolean closed;

  /** The reading thread's. */
  private long index;

  private long firstFrame;

  private GstSource(String name, List<String> pipeline, SourceOptions options) {
    this.name = name;
    this.pipeline = List.copyOf(pipeline);
    this.options = options;
    Running first = start();
    this.live = first.child().live();
    this.rate = first.caps().rate() > 0 ? first.caps().rate() : DEFAULT_RATE;
    this.queue = new FrameQueue<>(live || options.pace() == SourceOptions.Pace.REAL, GstSlot::new);
    this.thread = new Thread(() -> run(first), "avocet-gst " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts a pipeline, without a shell.
   *
   * @param input as the user named it
   * @param pipeline elements and {@code !} between them, up to where a sink would be; each word an
   *     argument of {@code gst-launch-1.0}
   * @throws AvocetException NOT_SUPPORTED where GStreamer's tools are not installed or the frames
   *     are of another kind, OUT_OF_RANGE for larger frames than asked for, DEADLINE where none
   *     comes within 10 s, FAIL with GStreamer's own words
   */
  public static FrameSource open(String input, List<String> pipeline, SourceOptions options) {
    return new GstSource(Frames.nameOf(input), pipeline, options);
  }

  private Running start() {
    GstChild next = GstChild.start(pipeline);
    FileChannel frames = null;
    try {
      synchronized (this) {
        child = next;
        if (closed) {
          throw new AvocetException(Status.CLOSED, "closed while it was being opened");
        }
      }
      frames = next.open();
      GstCaps caps = known(next);
      LOG.debug("{}: {} {}", name, caps, next.live() ? "live" : "");
      return new Running(next, frames, caps);
    } catch (AvocetException e) {
      close(next, frames);
      throw new AvocetException(e.status(), name + ": " + e.getMessage(), e);
    } catch (IOException e) {
      close(next, frames);
      throw new AvocetException(Status.FAIL, name + ": its pipe cannot be opened: " + e, e);
    } catch (InterruptedException e) {
      close(next, frames);
      Thread.currentThread().interrupt();
      throw new AvocetException(Status.CANCELLED, name + ": interrupted while opening", e);
    }
  }

  private static void close(GstChild child, FileChannel frames) {
    child.close();
    if (frames != null) {
      new Running(child, frames, null).close();
    }
  }

  /** What the frames are, if they may be so large. */
  private GstCaps known(GstChild of) throws InterruptedException {
    Optional<GstCaps> caps = of.caps(OPEN);
    if (caps.isEmpty()) {
      throw of.failure()
          .orElseGet(() -> new AvocetException(Status.FAIL, "it ended without a frame"));
    }
    long maxPixels = options.pictures().maxPixels();
    if ((long) caps.get().width() * caps.get().height() > maxPixels) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "width=%d height=%d is more than maxPixels=%d"
              .formatted(caps.get().width(), caps.get().height(), maxPixels));
    }
    return caps.get();
  }

  @Override
  public Optional<Frame> next() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AvocetException(Status.CANCELLED, name + ": the waiting thread was interrupted", e);
    }
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalDouble frameRate() {
    return OptionalDouble.of(rate);
  }

  @Override
  public long dropped() {
    return queue.dropped();
  }

  @Override
  public void close() {
    GstChild last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = child;
    }
    queue.close();
    last.close();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Running first) {
    try {
      Optional<Running> running = Optional.of(first);
      while (running.isPresent()) {
        Optional<AvocetException> reason = readAll(running.get());
        running = live ? again(reason) : Optional.empty();
        if (!live && reason.isPresent()) {
          queue.put(Frame.failed(name, index, reason.get()));
        }
      }
    } catch (InterruptedException e) {
      // Nobody outside knows this thread; whoever interrupts it wants it to end.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Else nobody would hear of it: the thread would end, and the frames with it.
      queue.put(
          Frame.failed(
              name, index, new AvocetException(Status.FAIL, name + ": reading failed: " + e, e)));
    } finally {
      queue.end();
    }
  }

  /**
   * Hands over frames until they end, or this is closed.
   *
   * @return why they ended, unless it was their regular end
   */
  private Optional<AvocetException> readAll(Running running) throws InterruptedException {
    try (running;
        GstSlot spare = new GstSlot()) {
      boolean more = true;
      while (more && !running.child().capsChanged()) {
        Optional<GstSlot> free = queue.acquire();
        if (queue.isClosed()) {
          free.ifPresent(queue::release);
          drain(running.frames());
          return Optional.empty();
        }
        // Where all slots are in use outside, the frame is read and forgotten.
        more =
            free.isPresent()
                ? deliver(free.get(), running)
                : spare.read(running.frames(), running.caps());
      }
      if (more) {
        return Optional.of(
            AvocetException.notSupported(
                name
                    + ": the pipeline changes its format: fix it with video/x-raw,format=,width=,height="));
      }
      return running
          .child()
          .failure()
          .map(e -> new AvocetException(e.status(), name + ": " + e.getMessage(), e));
    } catch (IOException e) {
      return Optional.of(new AvocetException(Status.FAIL, name + ": its pipe broke: " + e, e));
    }
  }

  private boolean deliver(GstSlot slot, Running running) throws IOException, InterruptedException {
    Frame frame = null;
    try {
      if (!slot.read(running.frames(), running.caps())) {
        return false;
      }
      long now = System.nanoTime();
      firstFrame = index == 0 ? now : firstFrame;
      double time = live ? (now - firstFrame) / 1e6 : index * 1000 / rate;
      if (!live && options.pace() == SourceOptions.Pace.REAL) {
        queue.sleepUntil(firstFrame + (long) (time * 1e6));
      }
      frame = Frame.of(name, index, time, slot.image(running.caps()), () -> queue.release(slot));
      index++;
    } finally {
      if (frame == null) {
        queue.release(slot);
      }
    }
    queue.put(frame);
    return true;
  }

  /** A pipeline that is to stop has to get rid of what it writes. */
  private static void drain(FileChannel frames) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    while (frames.read(bytes) >= 0) {
      bytes.clear();
    }
  }

  /** Starts a lost pipeline again; empty once this is closed. */
  private Optional<Running> again(Optional<AvocetException> reason) throws InterruptedException {
    if (queue.isClosed()) {
      return Optional.empty();
    }
    LOG.warn(
        "{}: lost ({}); starting it again",
        name,
        reason.map(AvocetException::getMessage).orElse("it ended"));
    long pause = FIRST_PAUSE_NANOS;
    while (queue.sleepUntil(System.nanoTime() + pause)) {
      try {
        return Optional.of(start());
      } catch (AvocetException e) {
        LOG.debug("{}", e.getMessage());
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    return Optional.empty();
  }
}
