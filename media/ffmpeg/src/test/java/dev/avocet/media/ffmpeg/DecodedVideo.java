package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * What FFmpeg itself finds in a file: its codec and every frame.
 *
 * @param codec by FFmpeg's name
 * @param seconds length that the container says
 */
record DecodedVideo(String codec, double seconds, List<Shot> frames) {
  /**
   * One frame.
   *
   * @param millis when it is seen
   * @param planes Y, U and V without padding
   */
  record Shot(double millis, int width, int height, List<byte[]> planes) {
    /** Y, U and V of a pixel. */
    int[] yuv(int x, int y) {
      int chroma = y / 2 * ((width + 1) / 2) + x / 2;
      return new int[] {
        planes.get(0)[y * width + x] & 0xff,
        planes.get(1)[chroma] & 0xff,
        planes.get(2)[chroma] & 0xff
      };
    }
  }

  static DecodedVideo of(Path file) {
    FFmpeg.prepare();
    AVFormatContext format = new AVFormatContext(null);
    try (BytePointer url = new BytePointer("file:" + file, StandardCharsets.UTF_8)) {
      ok(avformat.avformat_open_input(format, url, null, (AVDictionary) null));
    }
    ok(avformat.avformat_find_stream_info(format, (PointerPointer<?>) null));
    assertThat(format.nb_streams()).isEqualTo(1);
    AVStream stream = format.streams(0);
    AVCodecContext decoder = avcodec.avcodec_alloc_context3(null);
    ok(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()));
    ok(
        avcodec.avcodec_open2(
            decoder, avcodec.avcodec_find_decoder(decoder.codec_id()), (AVDictionary) null));
    String codec = avcodec.avcodec_get_name(decoder.codec_id()).getString();
    double tick = 1000.0 * stream.time_base().num() / stream.time_base().den();
    List<Shot> frames = new ArrayList<>();
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    boolean more = true;
    while (more) {
      more = avformat.av_read_frame(format, packet) >= 0;
      ok(avcodec.avcodec_send_packet(decoder, more ? packet : null));
      avcodec.av_packet_unref(packet);
      while (avcodec.avcodec_receive_frame(decoder, frame) >= 0) {
        frames.add(shot(frame, frame.best_effort_timestamp() * tick));
      }
    }
    double seconds = format.duration() / 1e6;
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(decoder);
    avformat.avformat_close_input(format);
    return new DecodedVideo(codec, seconds, frames);
  }

  private static void ok(int code) {
    assertThat(code).as(() -> FFmpeg.text(code)).isGreaterThanOrEqualTo(0);
  }

  private static Shot shot(AVFrame frame, double millis) {
    assertThat(frame.format()).isEqualTo(avutil.AV_PIX_FMT_YUV420P);
    assertThat(frame.colorspace()).isEqualTo(avutil.AVCOL_SPC_SMPTE170M);
    List<byte[]> planes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int w = i == 0 ? frame.width() : (frame.width() + 1) / 2;
      int h = i == 0 ? frame.height() : (frame.height() + 1) / 2;
      byte[] plane = new byte[w * h];
      planes.add(plane);
      for (int y = 0; y < h; y++) {
        frame.data(i).position((long) y * frame.linesize(i)).get(plane, y * w, w);
      }
    }
    return new Shot(millis, frame.width(), frame.height(), planes);
  }
}
