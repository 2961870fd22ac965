package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a recorder's clips, one after the other. Confined to one thread but for the figures, which
 * are for any.
 */
final class ClipWriter {
  private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** JPEG files take more than the video that is made of them. */
  private static final long ASK_BYTES = 1_000_000;

  private final String source;
  private final ClipRecorder.Place place;
  private final ImageCodec codec = ImageCodec.installed();

  /** Null between clips, and in one that has ended before its end. */
  private FrameSink sink;

  private Path file;
  private double from;
  private double to;
  private long frames;
  private long asked;
  private long bytesSince;

  /** Whether the rest of the clip is left out. */
  private boolean skipping;

  private final AtomicLong written = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private volatile String trouble = "";

  ClipWriter(String source, ClipRecorder.Place place) {
    this.source = source;
    this.place = place;
  }

  /** Clips that are whole. */
  long written() {
    return written.get();
  }

  /** Clips that could not be written. */
  long failed() {
    return failed.get();
  }

  /** Pictures that did not get into a file which had no room, or had failed. */
  long left() {
    return left.get();
  }

  /** Why the last clip could not be written; empty where it could. */
  String trouble() {
    return trouble;
  }

  /** Takes the next picture, or the end of a clip. */
  void take(ClipBuffer.Shot shot) {
    boolean end = shot.jpeg().isEmpty();
    try {
      if (end) {
        finish(shot.dropped());
      } else if (skipping) {
        left.incrementAndGet();
      } else {
        write(shot.millis(), shot.jpeg().get());
      }
    } catch (AvocetException e) {
      fail(e.getMessage());
    } catch (RuntimeException e) {
      // The place is somebody else's; its faults are not to end all further clips.
      fail("unexpected failure: " + e);
    }
    skipping &= !end;
  }

  private void write(double millis, byte[] jpeg) {
    if (sink == null) {
      begin(millis);
    }
    bytesSince += jpeg.length;
    long now = System.nanoTime();
    if (now - asked > ASK_NANOS || bytesSince > ASK_BYTES) {
      asked = now;
      bytesSince = 0;
      if (!place.mayGrow(file)) {
        finish(0);
        skipping = true;
        left.incrementAndGet();
        return;
      }
    }
    Image image = codec.decode(ByteBuffer.wrap(jpeg), ImageCodec.Options.DEFAULT);
    try (Frame frame = Frame.of(source, frames, millis - from, image, image::close)) {
      sink.write(frame, frame.image());
    }
    frames++;
    to = millis;
  }

  private void begin(double millis) {
    from = millis;
    frames = 0;
    asked = System.nanoTime();
    bytesSince = 0;
    file = place.begin(millis);
    sink = FrameSinks.open(file.toString(), OptionalLong.empty(), FrameSinks.DEFAULT_FRAME_RATE);
  }

  private void finish(long dropped) {
    if (sink == null) {
      return;
    }
    try (FrameSink whole = sink) {
      sink = null;
      whole.finish();
    }
    place.written(new ClipRecorder.Clip(file, from, to, frames, dropped));
    // The counts last: whoever sees them changed sees why.
    trouble = "";
    written.incrementAndGet();
  }

  private void fail(String why) {
    skipping = true;
    String reason = why;
    FrameSink broken = sink;
    sink = null;
    try {
      if (broken != null) {
        broken.close();
      }
    } catch (AvocetException e) {
      reason = why + "; " + e.getMessage();
    }
    trouble = reason;
    failed.incrementAndGet();
  }
}
