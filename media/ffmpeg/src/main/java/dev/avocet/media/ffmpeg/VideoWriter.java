package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * Encodes pictures into a file of one video stream. The first picture says the size. Confined to
 * one thread at a time; after a failure only {@link #close} may be called.
 */
final class VideoWriter implements AutoCloseable {
  static {
    FFmpeg.prepare();
  }

  private final Path name;
  private final double frameRate;
  private final AVFormatContext format = new AVFormatContext(null);
  private AVCodecContext encoder;
  private AVStream stream;
  private AVFrame frame;
  private AVPacket packet;
  private VideoScaler scaler;

  /** Time bases of the encoder's packets and of the file. */
  private AVRational ticks;

  private AVRational fileTicks;

  /**
   * Opens the file.
   *
   * @param name what messages call it
   * @param part the file to write
   * @param container as FFmpeg calls it
   * @param frameRate frames a second, a hint for the encoder
   */
  VideoWriter(Path name, Path part, String container, double frameRate) {
    this.name = name;
    this.frameRate = frameRate;
    try (BytePointer kind = new BytePointer(container, StandardCharsets.UTF_8);
        // The protocol, else a name such as "a:b.mp4" would be taken for one.
        BytePointer url = new BytePointer("file:" + part, StandardCharsets.UTF_8)) {
      check(avformat.avformat_alloc_output_context2(format, null, kind, url));
      AVIOContext file = new AVIOContext(null);
      int opened = avformat.avio_open(file, url, avformat.AVIO_FLAG_WRITE);
      if (opened < 0) {
        avformat.avformat_free_context(format);
      }
      check(opened);
      format.pb(file);
    }
  }

  private int check(int code) {
    return FFmpeg.written(code, name);
  }

  /**
   * Adds a picture.
   *
   * @param time when it is seen, in ticks of {@link FileClock}
   * @param duration how long it is seen where it is the last
   * @throws AvocetException FAIL where the file cannot be written, NOT_SUPPORTED where no encoder
   *     takes a picture of this size
   */
  void write(Image picture, long time, long duration) {
    if (encoder == null) {
      start(picture);
    }
    check(avutil.av_frame_make_writable(frame));
    scaler.scale(picture, frame);
    frame.pts(time);
    frame.duration(duration);
    check(avcodec.avcodec_send_frame(encoder, frame));
    drain(duration);
  }

  /**
   * Completes the file.
   *
   * @return whether there is anything in it
   */
  boolean finish() {
    if (encoder == null) {
      return false;
    }
    check(avcodec.avcodec_send_frame(encoder, null));
    drain(0);
    check(avformat.av_write_trailer(format));
    check(closeFile());
    return true;
  }

  private void start(Image picture) {
    scaler = new VideoScaler(picture.uprightWidth(), picture.uprightHeight());
    boolean globalHeader = (format.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0;
    encoder = VideoEncoders.open(scaler.width(), scaler.height(), frameRate, globalHeader);
    ticks = avutil.av_make_q(1, FileClock.TICKS);
    stream = avformat.avformat_new_stream(format, null);
    stream.time_base(ticks);
    check(avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder));
    // Elsewhere its encoder's tag may be wrong; 0 lets the container choose.
    stream.codecpar().codec_tag(0);
    try (AVDictionary options = new AVDictionary(null)) {
      // Players that fetch the file by a network begin at once; Matroska has no such option.
      avutil.av_dict_set(options, "movflags", "+faststart", 0);
      int code = avformat.avformat_write_header(format, options);
      avutil.av_dict_free(options);
      check(code);
    }
    fileTicks = stream.time_base();
    packet = FFmpeg.allocated(avcodec.av_packet_alloc(), "a packet");
    frame = FFmpeg.allocated(avutil.av_frame_alloc(), "a frame");
    frame.format(avutil.AV_PIX_FMT_YUV420P);
    frame.width(scaler.width());
    frame.height(scaler.height());
    frame.quality(encoder.global_quality());
    check(avutil.av_frame_get_buffer(frame, 0));
  }

  private void drain(long duration) {
    while (true) {
      int code = avcodec.avcodec_receive_packet(encoder, packet);
      if (code == FFmpeg.AGAIN || code == avutil.AVERROR_EOF) {
        return;
      }
      check(code);
      packet.stream_index(0);
      if (packet.duration() == 0) {
        packet.duration(duration);
      }
      avcodec.av_packet_rescale_ts(packet, ticks, fileTicks);
      code = avformat.av_write_frame(format, packet);
      avcodec.av_packet_unref(packet);
      check(code);
    }
  }

  private int closeFile() {
    AVIOContext file = format.pb();
    format.pb(null);
    return file == null ? 0 : avformat.avio_closep(file);
  }

  /** Frees everything; what is in the file stays there, complete or not. */
  @Override
  public void close() {
    if (scaler != null) {
      scaler.close();
    }
    if (frame != null) {
      avutil.av_frame_free(frame);
    }
    if (packet != null) {
      avcodec.av_packet_free(packet);
    }
    if (encoder != null) {
      avcodec.avcodec_free_context(encoder);
    }
    if (ticks != null) {
      ticks.close();
    }
    closeFile();
    avformat.avformat_free_context(format);
  }
}
