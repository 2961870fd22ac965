package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Opens the best encoder there is. Quality is constant, and the bit rate is what it takes: frames
 * come with any rate, and a camera that sees nothing move costs next to nothing. Stateless.
 */
final class VideoEncoders {
  /** OpenH264 (BSD licence) makes H.264; MPEG-4 part 2 is a part of every FFmpeg. */
  private static final List<String> BEST_FIRST = List.of("libopenh264", "mpeg4");

  /** Quantiser of MPEG-4, 1 to 31, lower is better; OpenH264's is 26 of 51 by its own default. */
  private static final int MPEG4_QUANTISER = 4;

  /** Seconds from one picture that is complete in itself to the next, for players that seek. */
  private static final double KEY_FRAME_SECONDS = 2;

  private VideoEncoders() {}

  /**
   * Opens an encoder of 8-bit 4:2:0 frames with times in ticks of {@link FileClock}.
   *
   * @param globalHeader whether the container keeps the stream's header apart from the frames
   * @return to be freed by the caller with {@code avcodec_free_context}
   * @throws AvocetException NOT_SUPPORTED where none takes this size
   */
  static AVCodecContext open(int width, int height, double frameRate, boolean globalHeader) {
    String reason = "there is no encoder";
    for (String name : BEST_FIRST) {
      AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
      if (codec == null) {
        continue;
      }
      AVCodecContext context =
          FFmpeg.allocated(avcodec.avcodec_alloc_context3(codec), "an encoder");
      set(context, width, height, frameRate);
      if (globalHeader) {
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
      }
      try (AVDictionary options = new AVDictionary(null)) {
        if (name.equals("mpeg4")) {
          context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
          context.global_quality(MPEG4_QUANTISER * avutil.FF_QP2LAMBDA);
        } else {
          avutil.av_dict_set(options, "rc_mode", "off", 0);
        }
        int code = avcodec.avcodec_open2(context, codec, options);
        avutil.av_dict_free(options);
        if (code >= 0) {
          return context;
        }
        reason = name + ": " + FFmpeg.text(code);
      }
      avcodec.avcodec_free_context(context);
    }
    throw AvocetException.notSupported(
        "size=%dx%d: no encoder takes it (%s); write pictures into a folder"
            .formatted(width, height, reason));
  }

  private static void set(AVCodecContext context, int width, int height, double frameRate) {
    context.width(width);
    context.height(height);
    context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
    try (AVRational ticks = avutil.av_make_q(1, FileClock.TICKS);
        AVRational rate = avutil.av_d2q(frameRate, 1001 * 1000)) {
      context.time_base(ticks);
      context.framerate(rate);
    }
    context.gop_size((int) Math.max(1, Math.round(KEY_FRAME_SECONDS * frameRate)));
    context.max_b_frames(0);
    // What libswscale makes of BGR by default, said so that players do not guess by the size.
    context.color_range(avutil.AVCOL_RANGE_MPEG);
    context.colorspace(avutil.AVCOL_SPC_SMPTE170M);
    context.color_primaries(avutil.AVCOL_PRI_SMPTE170M);
    context.color_trc(avutil.AVCOL_TRC_SMPTE170M);
  }
}
