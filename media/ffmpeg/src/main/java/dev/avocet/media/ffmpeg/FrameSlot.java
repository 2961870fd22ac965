package dev.avocet.media.ffmpeg;

import dev.avocet.media.internal.FrameQueue;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Where one decoded frame stays while it waits and is used. It refers to the decoder's own memory,
 * which goes back to the decoder when the slot is emptied; memory for a conversion is kept for the
 * next frame. Confined to who has it.
 */
final class FrameSlot implements FrameQueue.Slot {
  /** Bytes that FFmpeg's vector code wants rows to begin at. */
  private static final int ALIGNMENT = 64;

  private final AVFrame frame = FFmpeg.allocated(avutil.av_frame_alloc(), "a frame");
  private AVFrame bgr;

  /** The decoded frame. */
  AVFrame frame() {
    return frame;
  }

  /** Memory for a BGR picture of this size. */
  AVFrame bgr(int width, int height) {
    if (bgr != null && (bgr.width() != width || bgr.height() != height)) {
      avutil.av_frame_free(bgr);
      bgr = null;
    }
    if (bgr == null) {
      AVFrame made = FFmpeg.allocated(avutil.av_frame_alloc(), "a frame");
      made.width(width).height(height).format(avutil.AV_PIX_FMT_BGR24);
      boolean done = avutil.av_frame_get_buffer(made, ALIGNMENT) >= 0;
      if (!done) {
        avutil.av_frame_free(made);
      }
      bgr = FFmpeg.allocated(done ? made : null, "a picture of " + width + "x" + height);
    }
    return bgr;
  }

  /** Gives the decoder's memory back. */
  @Override
  public void empty() {
    avutil.av_frame_unref(frame);
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    if (bgr != null) {
      avutil.av_frame_free(bgr);
      bgr = null;
    }
  }
}
