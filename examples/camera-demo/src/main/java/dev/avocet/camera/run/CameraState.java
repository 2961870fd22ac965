package dev.avocet.camera.run;

import dev.avocet.camera.seen.Observation;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a camera is and what it has done. Thread safe. */
public final class CameraState {
  private static final Logger LOG = LoggerFactory.getLogger(Camera.class);

  /** What the rate is taken over. */
  private static final long RATE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long FIRST_PAUSE = 250;
  private static final long LONGEST_PAUSE = 5_000;

  /** How a camera can be. */
  public enum Condition {
    /** It is being opened. */
    CONNECTING,
    /** Frames come. */
    LIVE,
    /** It could not be opened or has ended, and is opened again. */
    LOST,
    /** It is open but nothing comes. */
    STALLED;

    /** As docs/camera-api.md has it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is to be told of a camera at one moment.
   *
   * @param message why it is not live, or empty
   * @param frames that were looked at
   * @param dropped frames that came meanwhile
   * @param failed frames that could not be decoded or looked at
   * @param reopened how often it was opened again
   */
  public record Summary(
      Condition condition,
      String message,
      int width,
      int height,
      double rate,
      long frames,
      long dropped,
      long failed,
      long reopened) {}

  private final String name;
  private final Runnable changed;
  private final Timer result;
  private final Timer page;
  private final ArrayDeque<Long> times = new ArrayDeque<>();
  private Condition condition = Condition.CONNECTING;
  private String message = "";
  private int width;
  private int height;
  private long frames;
  private long dropped;
  private long droppedBefore;
  private long failed;
  private long reopened;
  private long pause = FIRST_PAUSE;

  /** Number of the open input's first frame. */
  private long base;

  private long next;
  private long lastSign = System.nanoTime();
  private long lastTry = System.nanoTime();
  private long busySince;
  private Observation latest;

  /**
   * Of a camera that is not open yet.
   *
   * @param changed called when what seldom changes has changed
   */
  CameraState(String name, MeterRegistry registry, Runnable changed) {
    this.name = name;
    this.changed = changed;
    this.result = timer(registry, "avocet.camera.result.latency", "decoded frame to result");
    this.page = timer(registry, "avocet.camera.page.latency", "decoded frame to drawn on a page");
  }

  private Timer timer(MeterRegistry registry, String meter, String description) {
    return Timer.builder(meter)
        .description(description)
        .tag("source", name)
        .publishPercentiles(0.5, 0.99)
        .register(registry);
  }

  /** Time from a decoded frame to its published result. */
  Timer result() {
    return result;
  }

  /** Time from a decoded frame to when it was drawn on a page. */
  Timer page() {
    return page;
  }

  /** Frames that the open input has passed over. */
  synchronized void dropped(long count) {
    dropped = droppedBefore + count;
  }

  /** A picture has come. */
  void taken(Frame frame) {
    Image image = frame.image();
    boolean news;
    synchronized (this) {
      long now = System.nanoTime();
      int across = image.uprightWidth();
      int down = image.uprightHeight();
      news = condition != Condition.LIVE || across != width || down != height;
      if (condition == Condition.LOST || condition == Condition.STALLED) {
        LOG.info("{}: pictures come again", name);
      }
      condition = Condition.LIVE;
      message = "";
      width = across;
      height = down;
      pause = FIRST_PAUSE;
      next = base + frame.index() + 1;
      lastSign = now;
      busySince = now;
    }
    if (news) {
      changed.run();
    }
  }

  /** Number of a frame of the open input among all frames of this camera. */
  synchronized long numbered(Frame frame) {
    return base + frame.index();
  }

  /** A frame was looked at and its result told. */
  synchronized void published(Observation observation) {
    long now = System.nanoTime();
    result.record(now - observation.decodedNanos(), TimeUnit.NANOSECONDS);
    latest = observation;
    frames++;
    busySince = 0;
    times.add(now);
    while (now - times.peek() > RATE_NANOS) {
      times.remove();
    }
  }

  /** A frame could not be had, or looked at. */
  void failedFrame(Frame frame, String reason) {
    boolean news;
    synchronized (this) {
      next = base + frame.index() + 1;
      failed++;
      busySince = 0;
      lastSign = System.nanoTime();
      news = say(frame.error().isPresent() ? Condition.LOST : condition, reason);
    }
    if (news) {
      changed.run();
    }
  }

  /** The input has ended or could not be opened, and will be opened again. */
  void ended(boolean seen, String reason) {
    boolean news = false;
    synchronized (this) {
      base = next;
      droppedBefore = dropped;
      busySince = 0;
      reopened++;
      if (!seen) {
        news = say(Condition.LOST, reason);
        pause = Math.min(LONGEST_PAUSE, 2 * pause);
      }
    }
    if (news) {
      changed.run();
    }
  }

  /** The thread has ended for good. */
  void broken(String reason) {
    synchronized (this) {
      say(Condition.LOST, reason);
    }
    changed.run();
  }

  /**
   * Looks whether pictures still come, and says so where they do not.
   *
   * @param quietNanos silence that is told
   * @param longNanos silence after which the input is to be opened again, each time anew
   * @return whether it is to be opened again now
   */
  boolean stalled(long quietNanos, long longNanos) {
    boolean news = false;
    boolean reopen;
    synchronized (this) {
      long now = System.nanoTime();
      boolean open = busySince == 0 && condition != Condition.LOST;
      if (open && now - lastSign > quietNanos) {
        news = say(Condition.STALLED, "no picture comes; the source is opened again if that lasts");
      }
      reopen = open && now - lastSign > longNanos && now - lastTry > longNanos;
      if (reopen) {
        lastTry = now;
      }
    }
    if (news) {
      changed.run();
    }
    return reopen;
  }

  private boolean say(Condition now, String reason) {
    boolean news = condition != now || message.isEmpty();
    if (news) {
      LOG.warn("{}: {}", name, reason);
    }
    condition = now;
    message = reason;
    return news;
  }

  /** How long to wait before the input is tried again. */
  synchronized long pauseMillis() {
    return pause;
  }

  /** How long the frame at hand has been looked at; 0 where there is none. */
  synchronized long busyNanos() {
    return busySince == 0 ? 0 : System.nanoTime() - busySince;
  }

  synchronized Optional<Observation> latest() {
    return Optional.ofNullable(latest);
  }

  synchronized Summary summary() {
    long now = System.nanoTime();
    while (!times.isEmpty() && now - times.peek() > RATE_NANOS) {
      times.remove();
    }
    double seconds = times.size() < 2 ? 0 : (times.getLast() - times.getFirst()) / 1e9;
    double rate = seconds > 0 ? (times.size() - 1) / seconds : 0;
    return new Summary(condition, message, width, height, rate, frames, dropped, failed, reopened);
  }
}
