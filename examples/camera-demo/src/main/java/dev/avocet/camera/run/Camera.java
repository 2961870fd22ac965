package dev.avocet.camera.run;

import dev.avocet.camera.config.SourceConfig;
import dev.avocet.camera.seen.Observation;
import dev.avocet.camera.seen.Observer;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.JpegEncoder;
import dev.avocet.media.SourceOptions;
import dev.avocet.track.Scene;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source and its thread: takes the newest frame, has it looked at, follows and counts what was
 * found, tells the observers; opens the source again when it ends or is lost. Thread safe.
 */
final class Camera implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

  private static final int JPEG_QUALITY = 80;
  private static final int MOST_WIDTH = 1280;
  private static final long CLOSE_MILLIS = 5_000;

  /** Files as cameras would give them. */
  private static final SourceOptions OPTIONS =
      new SourceOptions(
          SourceOptions.DEFAULT.pictures(),
          SourceOptions.Pace.REAL,
          SourceOptions.DEFAULT.hardware());

  private final SourceConfig config;
  private final Function<Image, CompletableFuture<Sight>> eyes;
  private final CopyOnWriteArrayList<Observer> observers;
  private final CameraState state;
  private final Follower follower;
  private final Thread thread;
  private volatile boolean closed;

  /** The open source, for {@link #reopen} and {@link #close}; guarded by this. */
  private FrameSource source;

  /**
   * A camera that is not started.
   *
   * @param eyes begins to look at a picture
   * @param observers asked and told in this camera's thread
   */
  Camera(
      SourceConfig config,
      Function<Image, CompletableFuture<Sight>> eyes,
      CopyOnWriteArrayList<Observer> observers,
      CameraState state,
      Follower follower) {
    this.config = config;
    this.eyes = eyes;
    this.observers = observers;
    this.state = state;
    this.follower = follower;
    this.thread = new Thread(this::run, "avocet-camera-" + config.name());
  }

  void start() {
    thread.start();
  }

  String name() {
    return config.name();
  }

  /** The source's name in messages, without passwords. */
  String input() {
    return Frames.nameOf(config.input());
  }

  CameraState state() {
    return state;
  }

  /** Its lines and zones. */
  Scene scene() {
    return follower.scene();
  }

  /** Counts at other lines and zones from now on. */
  void scene(Scene scene) {
    follower.scene(scene);
  }

  /** What was counted so far, by name of line and zone. */
  Map<String, Map<String, Long>> counts() {
    return follower.counts();
  }

  private void run() {
    try (JpegEncoder encoder = new JpegEncoder(JPEG_QUALITY, MOST_WIDTH)) {
      while (!closed) {
        long pause = watch(encoder);
        pause(pause);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("{}: the camera's thread has ended, this is a mistake in the program", name(), e);
      state.broken("unexpected failure, please report it: " + e);
    }
  }

  /** Takes the source's frames up to its end; answers how long to leave it in peace then, in ms. */
  private long watch(JpegEncoder encoder) {
    boolean seen = false;
    String reason = input() + " has ended without a picture";
    try (FrameSource frames = Frames.open(OPTIONS, List.of(config.input()))) {
      if (!opened(frames)) {
        return 0;
      }
      follower.restart();
      for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
        try (Frame frame = next.get()) {
          state.dropped(frames.dropped());
          if (frame.error().isPresent()) {
            reason = frame.error().get().getMessage();
            state.failedFrame(frame, reason);
          } else {
            take(frame, encoder);
            seen = true;
          }
        }
      }
      state.dropped(frames.dropped());
    } catch (AvocetException e) {
      reason = e.getMessage();
    } finally {
      opened(null);
    }
    // A clip that was played begins anew at once.
    long pause = seen ? 0 : state.pauseMillis();
    if (!closed) {
      state.ended(seen, reason);
    }
    return pause;
  }

  private synchronized boolean opened(FrameSource frames) {
    source = frames;
    return !closed;
  }

  private void take(Frame frame, JpegEncoder encoder) {
    state.taken(frame);
    try {
      Image image = frame.image();
      CompletableFuture<Sight> looking = eyes.apply(image);
      Optional<byte[]> jpeg;
      try {
        // While the network runs.
        jpeg = wanted() ? Optional.of(encoder.encode(image)) : Optional.empty();
      } finally {
        // The picture is in use until then, whatever becomes of the other.
        looking.handle((sight, e) -> sight).join();
      }
      Observation observation =
          follower.follow(state.numbered(frame), frame, Vision.await(looking), jpeg);
      for (Observer observer : observers) {
        observer.seen(observation);
      }
      state.published(observation);
    } catch (AvocetException e) {
      state.failedFrame(frame, e.getMessage());
    }
  }

  private boolean wanted() {
    return observers.stream().anyMatch(observer -> observer.wantsPictures(name()));
  }

  private synchronized void pause(long millis) {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    try {
      for (long left = until - System.nanoTime();
          left > 0 && !closed;
          left = until - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      // Nobody outside knows this thread; whoever interrupts it wants it to end.
      closed = true;
    }
  }

  /** Ends the open source, which is then opened again: for one that says nothing any more. */
  void reopen() {
    FrameSource open;
    synchronized (this) {
      open = source;
    }
    if (open != null) {
      open.close();
    }
  }

  /** Ends the thread; waits for the frame at hand. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    reopen();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.warn("{}: the source does not let go; its thread ends when it does", name());
    }
  }
}
