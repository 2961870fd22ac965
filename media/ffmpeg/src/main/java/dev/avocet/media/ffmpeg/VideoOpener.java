package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Rotation;
import dev.avocet.core.Status;
import dev.avocet.media.SourceOptions;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * Opens locations for reading, within limits of size and time.
 *
 * @param options size limit and orientation
 * @param timing how long to wait
 * @param hardware decodes where it can
 * @param interrupt ends the waiting
 */
record VideoOpener(
    SourceOptions options, Timing timing, HardwareDevice hardware, Interrupt interrupt) {
  /** Threads of a decoder; more would only hold more frames. */
  private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  /**
   * Opens a location.
   *
   * @throws AvocetException FILE_NOT_FOUND, INVALID_ARG where there is no video in it or it is
   *     damaged, OUT_OF_RANGE where its pictures are too large, NOT_SUPPORTED where FFmpeg has no
   *     decoder, FAIL where it cannot be reached, CLOSED where the interrupt was cancelled
   */
  VideoReader open(Location location) {
    interrupt.within(timing.open());
    AVFormatContext context = connect(location);
    AVCodecContext decoder = null;
    boolean done = false;
    try {
      checkSizes(location, context);
      int code = avformat.avformat_find_stream_info(context, (AVDictionary) null);
      if (code < 0) {
        throw failure(location, code);
      }
      checkSizes(location, context);
      AVCodec codec = new AVCodec(null);
      AVStream stream = video(location, context, codec);
      decoder = decoder(location, stream, codec);
      VideoReader reader =
          new VideoReader(
              location, context, decoder, stream, rotation(stream), interrupt, timing.read());
      done = true;
      return reader;
    } finally {
      if (!done) {
        if (decoder != null) {
          avcodec.avcodec_free_context(decoder);
        }
        avformat.avformat_close_input(context);
      }
    }
  }

  private AVFormatContext connect(Location location) {
    FFmpeg.prepare();
    AVFormatContext context = FFmpeg.allocated(avformat.avformat_alloc_context(), "a demuxer");
    interrupt.attach(context);
    AVInputFormat demuxer = null;
    if (!location.demuxer().isEmpty()) {
      demuxer = avformat.av_find_input_format(location.demuxer());
    }
    AVDictionary settings = new AVDictionary(null);
    for (Map.Entry<String, String> option : location.options().entrySet()) {
      avutil.av_dict_set(settings, option.getKey(), option.getValue(), 0);
    }
    // Frees the context where it fails.
    int code = avformat.avformat_open_input(context, location.url(), demuxer, settings);
    avutil.av_dict_free(settings);
    if (code < 0) {
      throw failure(location, code);
    }
    return context;
  }

  private AvocetException failure(Location location, int code) {
    String name = location.name();
    if (interrupt.cancelled()) {
      return new AvocetException(Status.CLOSED, name + ": was closed while it was opened");
    }
    if (interrupt.late()) {
      return new AvocetException(
          Status.FAIL,
          "%s: no answer within %.1f s".formatted(name, timing.open().toMillis() / 1e3));
    }
    if (code == FFmpeg.NO_ENTRY) {
      return new AvocetException(Status.FILE_NOT_FOUND, name + ": no such file");
    }
    if (code == avutil.AVERROR_PROTOCOL_NOT_FOUND) {
      return AvocetException.notSupported(name + ": this build of FFmpeg does not speak this");
    }
    return location.kind() == Location.Kind.FILE
        ? AvocetException.invalidArgument(
            name + ": is no video that can be read, or is damaged: " + FFmpeg.text(code))
        : new AvocetException(Status.FAIL, name + ": cannot be opened: " + FFmpeg.text(code));
  }

  /** What the headers state, before anything is decoded. */
  private void checkSizes(Location location, AVFormatContext context) {
    for (int i = 0; i < context.nb_streams(); i++) {
      AVCodecParameters parameters = context.streams(i).codecpar();
      long pixels = (long) parameters.width() * parameters.height();
      if (parameters.codec_type() == avutil.AVMEDIA_TYPE_VIDEO
          && pixels > options.pictures().maxPixels()) {
        throw new AvocetException(
            Status.OUT_OF_RANGE,
            "%s: width=%d height=%d is more than maxPixels=%d"
                .formatted(
                    location.name(),
                    parameters.width(),
                    parameters.height(),
                    options.pictures().maxPixels()));
      }
    }
  }

  /** The best video stream, which covers of music are none of; the others are not read. */
  private static AVStream video(Location location, AVFormatContext context, AVCodec codec) {
    int best = avformat.av_find_best_stream(context, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, codec, 0);
    if (best == avutil.AVERROR_DECODER_NOT_FOUND) {
      throw AvocetException.notSupported(
          location.name() + ": this build of FFmpeg has no decoder for its video");
    }
    if (best < 0
        || (context.streams(best).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0) {
      throw AvocetException.invalidArgument(
          "%s: holds no video (%d other streams)".formatted(location.name(), context.nb_streams()));
    }
    for (int i = 0; i < context.nb_streams(); i++) {
      if (i != best) {
        context.streams(i).discard(avcodec.AVDISCARD_ALL);
      }
    }
    return context.streams(best);
  }

  private AVCodecContext decoder(Location location, AVStream stream, AVCodec codec) {
    AVCodecContext decoder = FFmpeg.allocated(avcodec.avcodec_alloc_context3(codec), "a decoder");
    int code = avcodec.avcodec_parameters_to_context(decoder, stream.codecpar());
    if (code >= 0) {
      decoder.pkt_timebase(stream.time_base());
      decoder.max_pixels(options.pictures().maxPixels());
      decoder.thread_count(THREADS);
      if (location.kind() != Location.Kind.FILE) {
        // Frames in several threads would each come one frame later.
        decoder.thread_type(AVCodecContext.FF_THREAD_SLICE);
      }
      hardware.attach(codec, decoder);
      code = avcodec.avcodec_open2(decoder, codec, (AVDictionary) null);
    }
    if (code < 0) {
      avcodec.avcodec_free_context(decoder);
      throw failure(location, code);
    }
    return decoder;
  }

  private Rotation rotation(AVStream stream) {
    AVCodecParameters parameters = stream.codecpar();
    if (!options.pictures().applyOrientation() || parameters.nb_coded_side_data() == 0) {
      return Rotation.NONE;
    }
    AVPacketSideData data =
        avcodec.av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            avcodec.AV_PKT_DATA_DISPLAYMATRIX);
    if (data == null) {
      return Rotation.NONE;
    }
    // FFmpeg's angle is counterclockwise; NaN for a matrix that is no turn.
    double angle = -avutil.av_display_rotation_get(new IntPointer(data.data()));
    return switch (Double.isNaN(angle) ? 0 : Math.floorMod(Math.round(angle), 360)) {
      case 90 -> Rotation.CLOCKWISE_90;
      case 180 -> Rotation.HALF;
      case 270 -> Rotation.COUNTERCLOCKWISE_90;
      default -> Rotation.NONE;
    };
  }
}
