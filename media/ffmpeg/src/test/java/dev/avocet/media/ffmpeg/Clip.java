package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
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
import org.bytedeco.javacpp.IntPointer;

/**
 * Makes videos for the tests, whose frames tell their numbers: sixteen upright bars, light for the
 * bits that are set, the highest first.
 */
final class Clip {
  private static final int BITS = 16;
  static final int DARK = 40;
  private static final int LIGHT = 210;

  private String codec = "mpeg4";
  private int pixels = avutil.AV_PIX_FMT_YUV420P;
  private int width = 64;
  private int height = 48;
  private int frames = 10;
  private int[] chroma = {128, 128};
  private int[] milliseconds;
  private int matrix = avutil.AVCOL_SPC_UNSPECIFIED;
  private int range = avutil.AVCOL_RANGE_UNSPECIFIED;
  private double counterclockwise;
  private boolean audio;
  private int keyFrames = 12;
  private boolean headerFirst;
  private int ticks;

  Clip codec(String codec, int pixels) {
    this.codec = codec;
    this.pixels = pixels;
    return this;
  }

  Clip size(int width, int height) {
    this.width = width;
    this.height = height;
    return this;
  }

  /** What is in the second and third plane. */
  Clip chroma(int u, int v) {
    this.chroma = new int[] {u, v};
    return this;
  }

  Clip frames(int frames) {
    this.frames = frames;
    return this;
  }

  /** When each frame is to be seen; 40 ms apart without this. */
  Clip times(int... milliseconds) {
    this.milliseconds = milliseconds;
    return frames(milliseconds.length);
  }

  Clip colours(int matrix, int range) {
    this.matrix = matrix;
    this.range = range;
    return this;
  }

  Clip turned(double counterclockwise) {
    this.counterclockwise = counterclockwise;
    return this;
  }

  /** A stream of sound instead of pictures. */
  Clip audio() {
    this.audio = true;
    return codec("pcm_s16le", avutil.AV_SAMPLE_FMT_S16);
  }

  /** The table of an MP4 before its frames, not after them. */
  Clip headerFirst() {
    this.headerFirst = true;
    return this;
  }

  Clip keyFrames(int every) {
    this.keyFrames = every;
    return this;
  }

  /** Writes the file; its ending says the container. */
  Path write(Path file) {
    FFmpeg.prepare();
    AVFormatContext muxer = new AVFormatContext(null);
    check(avformat.avformat_alloc_output_context2(muxer, null, null, file.toString()), "container");
    AVCodec encoder = avcodec.avcodec_find_encoder_by_name(codec);
    assertThat(encoder).as(codec).isNotNull();
    AVCodecContext context = avcodec.avcodec_alloc_context3(encoder);
    // MPEG-2 knows few rates.
    ticks = audio ? 8000 : codec.equals("mpeg2video") ? 25 : 1000;
    context.time_base(ratio(1, ticks));
    if (audio) {
      context.sample_rate(8000).sample_fmt(pixels);
      avutil.av_channel_layout_default(context.ch_layout(), 1);
    } else {
      context.width(width).height(height).pix_fmt(pixels).gop_size(keyFrames).max_b_frames(0);
      context.framerate(ratio(25, 1)).bit_rate(2_000_000);
      context.colorspace(matrix).color_range(range);
      // Full range without the deprecated format for it is "unofficial".
      context.strict_std_compliance(-1);
    }
    if ((muxer.oformat().flags() & avformat.AVFMT_GLOBALHEADER) != 0) {
      context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    check(avcodec.avcodec_open2(context, encoder, (AVDictionary) null), codec);
    AVStream stream = avformat.avformat_new_stream(muxer, null);
    stream.time_base(context.time_base()).avg_frame_rate(ratio(25, 1));
    avcodec.avcodec_parameters_from_context(stream.codecpar(), context);
    turn(stream);
    AVIOContext out = new AVIOContext(null);
    check(avformat.avio_open(out, file.toString(), avformat.AVIO_FLAG_WRITE), file.toString());
    muxer.pb(out);
    AVDictionary options = new AVDictionary(null);
    if (headerFirst) {
      avutil.av_dict_set(options, "movflags", "faststart", 0);
    }
    check(avformat.avformat_write_header(muxer, options), "header");
    avutil.av_dict_free(options);
    for (int i = 0; i < frames; i++) {
      AVFrame frame = audio ? sound(i) : picture(i);
      check(avcodec.avcodec_send_frame(context, frame), "frame " + i);
      avutil.av_frame_free(frame);
      drain(context, muxer, stream);
    }
    avcodec.avcodec_send_frame(context, null);
    drain(context, muxer, stream);
    check(avformat.av_write_trailer(muxer), "trailer");
    avformat.avio_closep(out);
    muxer.pb(null);
    avcodec.avcodec_free_context(context);
    avformat.avformat_free_context(muxer);
    return file;
  }

  private static void drain(AVCodecContext context, AVFormatContext muxer, AVStream stream) {
    AVPacket packet = avcodec.av_packet_alloc();
    while (avcodec.avcodec_receive_packet(context, packet) >= 0) {
      avcodec.av_packet_rescale_ts(packet, context.time_base(), stream.time_base());
      packet.stream_index(0);
      check(avformat.av_interleaved_write_frame(muxer, packet), "packet");
    }
    avcodec.av_packet_free(packet);
  }

  private void turn(AVStream stream) {
    if (counterclockwise != 0) {
      int[] matrix = new int[9];
      avutil.av_display_rotation_set(matrix, -counterclockwise);
      AVPacketSideData data =
          avcodec.av_packet_side_data_new(
              stream.codecpar().coded_side_data(),
              new IntPointer(1).put(0),
              avcodec.AV_PKT_DATA_DISPLAYMATRIX,
              36,
              0);
      new IntPointer(data.data()).put(matrix, 0, 9);
      stream.codecpar().coded_side_data(data).nb_coded_side_data(1);
    }
  }

  private static AVRational ratio(int num, int den) {
    return avutil.av_make_q(num, den);
  }

  private static void check(int code, String what) {
    assertThat(code).as("%s: %s", what, FFmpeg.text(code)).isNotNegative();
  }

  private AVFrame sound(int number) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(pixels).nb_samples(320).sample_rate(8000).pts(320L * number);
    avutil.av_channel_layout_default(frame.ch_layout(), 1);
    check(avutil.av_frame_get_buffer(frame, 0), "samples");
    BytePointer.memset(frame.data(0), number, 640);
    return frame;
  }

  private AVFrame picture(int number) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.format(pixels).width(width).height(height);
    frame.colorspace(matrix).color_range(range);
    frame.pts((milliseconds == null ? 40L * number : milliseconds[number]) * ticks / 1000);
    check(avutil.av_frame_get_buffer(frame, 0), "picture");
    int bytes = width;
    if (pixels == avutil.AV_PIX_FMT_BGR24 || pixels == avutil.AV_PIX_FMT_RGB24) {
      bytes = 3 * width;
    } else if (pixels == avutil.AV_PIX_FMT_YUYV422) {
      bytes = 2 * width;
    }
    for (int plane = 0; plane < 3 && frame.data(plane) != null; plane++) {
      int rows = plane == 0 ? height : (height + 1) / 2;
      byte[] line = new byte[plane == 0 ? bytes : Math.min(bytes, frame.linesize(plane))];
      for (int i = 0; i < line.length; i++) {
        boolean colour = plane > 0 || (pixels == avutil.AV_PIX_FMT_YUYV422 && i % 2 == 1);
        int bit = (int) ((long) i * BITS / line.length);
        boolean set = (number >> (BITS - 1 - bit) & 1) == 1;
        line[i] = (byte) (colour ? chroma[Math.max(0, plane - 1)] : set ? LIGHT : DARK);
      }
      for (int y = 0; y < rows; y++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(line);
      }
    }
    return frame;
  }

  /** The number that a picture shows, whatever its format. */
  static int number(Image image) {
    ByteBuffer pixels = image.plane(0);
    int row = image.format().rowBytes(0, image.width());
    int at = image.planes().get(0).stride() * (image.height() / 2);
    int step = image.format().bytesPerPixel();
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = (2 * bit + 1) * image.width() / (2 * BITS);
      int value = pixels.get(at + Math.min(row - 1, x * step)) & 0xff;
      number = 2 * number + (value > (DARK + LIGHT) / 2 ? 1 : 0);
    }
    return number;
  }
}
