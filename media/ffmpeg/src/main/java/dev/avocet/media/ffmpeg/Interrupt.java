package dev.avocet.media.ffmpeg;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Ends FFmpeg's waiting for a file, a device or a server: when the time is over, or when the source
 * is closed. FFmpeg asks some ten times a second. {@link #cancel} from any thread.
 */
final class Interrupt implements AutoCloseable {
  static {
    FFmpeg.prepare();
  }

  /** By the address of their keys: JavaCPP has few native functions to give to callbacks. */
  private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();

  private static final Callback CALLBACK = new Callback();

  /** One byte whose address tells this one from others. */
  private final BytePointer key = new BytePointer(1);

  private volatile long deadline;
  private volatile boolean cancelled;

  Interrupt() {
    within(Duration.ofDays(1));
    OPEN.put(key.address(), this);
  }

  /** Has the context ask this; it is closed before this is. */
  void attach(AVFormatContext context) {
    try (AVIOInterruptCB callback = new AVIOInterruptCB()) {
      callback.callback(CALLBACK).opaque(key);
      context.interrupt_callback(callback);
    }
  }

  /** What begins now is to be done within this time. */
  void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Ends everything, now and later. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  /** Whether the time is over. */
  boolean late() {
    return System.nanoTime() - deadline > 0;
  }

  @Override
  public void close() {
    OPEN.remove(key.address());
    key.close();
  }

  /** The one that FFmpeg calls. */
  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer key) {
      Interrupt interrupt = OPEN.get(key.address());
      return interrupt == null || interrupt.cancelled || interrupt.late() ? 1 : 0;
    }
  }
}
