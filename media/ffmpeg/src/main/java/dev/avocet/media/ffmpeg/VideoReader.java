package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The first video stream of an open file, stream or device, frame by frame. Confined to one thread
 * at a time. Made by {@link VideoOpener}.
 */
final class VideoReader implements AutoCloseable {
  /** Failures in a row after the last packet, after which no frame is expected any more. */
  private static final int DRAINING_FAILURES = 64;

  /** Demuxers of pictures without times, for which FFmpeg invents 25 a second. */
  private static final Set<String> UNSTAMPED = Set.of("mpjpeg", "mjpeg");

  private final Location location;
  private final AVFormatContext context;
  private final AVCodecContext decoder;
  private final AVStream stream;
  private final Interrupt interrupt;
  private final Duration timeout;
  private final Rotation rotation;
  private final double stampMillis;
  private final boolean unstamped;
  private final AVPacket packet;
  private final AVFrame decoded;

  /** Why reading ended before the end; told once the frames before it are out. */
  private AvocetException ending;

  /** Damage before the first frame; told where there is none. */
  private AvocetException firstDamage;

  /** Damage met while frames before it were still in the decoder; told after that many frames. */
  private AvocetException pending;

  private int framesBefore;

  /** Packets whose frames have not come out of the decoder. */
  private int inside;

  private boolean draining;
  private int drainingFailures;
  private boolean any;
  private boolean endTold;
  private boolean closed;

  /** Owns context and decoder from now on. */
  VideoReader(
      Location location,
      AVFormatContext context,
      AVCodecContext decoder,
      AVStream stream,
      Rotation rotation,
      Interrupt interrupt,
      Duration timeout) {
    this.location = location;
    this.context = context;
    this.decoder = decoder;
    this.stream = stream;
    this.rotation = rotation;
    this.interrupt = interrupt;
    this.timeout = timeout;
    this.unstamped = UNSTAMPED.contains(context.iformat().name().getString());
    this.stampMillis = 1000 * rational(stream.time_base());
    this.packet = FFmpeg.allocated(avcodec.av_packet_alloc(), "a packet");
    this.decoded = FFmpeg.allocated(avutil.av_frame_alloc(), "a frame");
  }

  private static double rational(AVRational value) {
    return value.den() == 0 ? 0 : (double) value.num() / value.den();
  }

  /** Frames a second as the stream states or as its first packets have it; 0 where unknown. */
  double frameRate() {
    double average = rational(stream.avg_frame_rate());
    return average > 0 ? average : rational(stream.r_frame_rate());
  }

  /** As many frames as the container counts, else about as many as its duration has room for. */
  OptionalLong frames() {
    if (stream.nb_frames() > 0) {
      return OptionalLong.of(stream.nb_frames());
    }
    double seconds = context.duration() / (double) avutil.AV_TIME_BASE;
    boolean known = context.duration() != avutil.AV_NOPTS_VALUE && frameRate() > 0;
    return known ? OptionalLong.of(Math.round(seconds * frameRate())) : OptionalLong.empty();
  }

  /** Whether it goes on until somebody ends it. */
  boolean live() {
    return switch (location.kind()) {
      case FILE -> false;
      case LIVE -> true;
      case DOWNLOAD -> context.duration() == avutil.AV_NOPTS_VALUE || context.duration() <= 0;
    };
  }

  /** How the frames have to be turned. */
  Rotation rotation() {
    return rotation;
  }

  /**
   * When a decoded frame is to be seen, in ms from anywhere; NaN where the stream does not say. A
   * live one that has no times at all is seen when it comes.
   */
  double stamp(AVFrame frame) {
    if (unstamped && live()) {
      return System.nanoTime() / 1e6;
    }
    long stamp = frame.best_effort_timestamp();
    return stamp == avutil.AV_NOPTS_VALUE ? Double.NaN : stamp * stampMillis;
  }

  /**
   * Decodes the next frame.
   *
   * @param to takes the frame; empty before
   * @return false at the end
   * @throws AvocetException INVALID_ARG for damage, FAIL where reading fails; the next call goes on
   *     after it, or says that this is the end
   */
  boolean read(AVFrame to) {
    while (true) {
      if (pending != null && framesBefore <= 0) {
        throw takePending();
      }
      int code = avcodec.avcodec_receive_frame(decoder, decoded);
      if (code >= 0) {
        inside--;
        framesBefore--;
        if (moveTo(to)) {
          return true;
        }
        continue;
      }
      if (code == avutil.AVERROR_EOF || drainingFailures > DRAINING_FAILURES) {
        return end();
      }
      if (code == FFmpeg.AGAIN) {
        feed();
      } else {
        inside--;
        framesBefore--;
        drainingFailures += draining ? 1 : 0;
        damaged("a frame cannot be decoded: " + FFmpeg.text(code));
      }
    }
  }

  /** Moves the decoded frame, or drops it where it is damaged and comes before the first. */
  private boolean moveTo(AVFrame to) {
    try {
      // Decoders paint over what they miss; such a frame shows what was never there.
      if (decoded.decode_error_flags() != 0) {
        damaged("a frame is damaged");
        return false;
      }
      any = true;
      if ((descriptor(decoded).flags() & avutil.AV_PIX_FMT_FLAG_HWACCEL) == 0) {
        avutil.av_frame_move_ref(to, decoded);
        return true;
      }
      int code = avutil.av_hwframe_transfer_data(to, decoded, 0);
      if (code >= 0) {
        code = avutil.av_frame_copy_props(to, decoded);
      }
      if (code < 0) {
        avutil.av_frame_unref(to);
        throw new AvocetException(
            Status.FAIL,
            location.name() + ": a frame cannot be had from the device: " + FFmpeg.text(code));
      }
      return true;
    } finally {
      avutil.av_frame_unref(decoded);
    }
  }

  private static AVPixFmtDescriptor descriptor(AVFrame frame) {
    return avutil.av_pix_fmt_desc_get(frame.format());
  }

  /** Gives the decoder the next packet, or tells it that there is none. */
  private void feed() {
    interrupt.within(timeout);
    int code = avformat.av_read_frame(context, packet);
    if (code < 0) {
      draining = true;
      if (code != avutil.AVERROR_EOF) {
        ending = readFailure(code);
      }
      avcodec.avcodec_send_packet(decoder, null);
      return;
    }
    try {
      if (packet.stream_index() != stream.index()) {
        return;
      }
      if ((packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) != 0) {
        damagedLater("a packet is cut short or missing");
        return;
      }
      code = avcodec.avcodec_send_packet(decoder, packet);
      if (code >= 0) {
        inside++;
      } else if (code != avutil.AVERROR_EOF) {
        damagedLater("a packet cannot be decoded: " + FFmpeg.text(code));
      }
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  private AvocetException readFailure(int code) {
    if (interrupt.cancelled()) {
      return new AvocetException(Status.CLOSED, location.name() + ": was closed");
    }
    String reason =
        interrupt.late()
            ? "nothing came for %.1f s".formatted(timeout.toMillis() / 1e3)
            : FFmpeg.text(code);
    return location.kind() == Location.Kind.FILE
        ? AvocetException.invalidArgument(
            location.name() + ": is damaged or cut short: reading ended with: " + reason)
        : new AvocetException(Status.FAIL, location.name() + ": " + reason);
  }

  /**
   * Tells of damage, but not before the first frame: recordings and streams may begin in the middle
   * of what can only be decoded from a key frame on.
   */
  private void damaged(String what) {
    AvocetException damage = damage(what);
    if (any) {
      throw damage;
    }
    firstDamage = damage;
  }

  /** As {@link #damaged}, once the frames that are still in the decoder are out. */
  private void damagedLater(String what) {
    if (inside <= 0 || !any) {
      damaged(what);
    } else if (pending == null) {
      pending = damage(what);
      // Not every packet gives a frame, but no decoder holds more than these.
      framesBefore = Math.min(inside, decoder.thread_count() + decoder.has_b_frames());
    }
  }

  private AvocetException damage(String what) {
    return AvocetException.invalidArgument(location.name() + ": is damaged: " + what);
  }

  private AvocetException takePending() {
    AvocetException taken = pending;
    pending = null;
    return taken;
  }

  private boolean end() {
    if (pending != null) {
      throw takePending();
    }
    if (!endTold) {
      endTold = true;
      if (ending != null) {
        throw ending;
      }
      if (!any) {
        throw firstDamage != null
            ? firstDamage
            : AvocetException.invalidArgument(location.name() + ": the video holds no frames");
      }
    }
    return false;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      avcodec.av_packet_free(packet);
      avutil.av_frame_free(decoded);
      avcodec.avcodec_free_context(decoder);
      avformat.avformat_close_input(context);
    }
  }
}
