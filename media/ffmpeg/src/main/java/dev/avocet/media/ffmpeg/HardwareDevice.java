package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecHWConfig;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A hardware decoder's device, or none. Opened once a source, so that there is one warning where it
 * is not to be had. Confined to one thread at a time.
 */
final class HardwareDevice implements AutoCloseable {
  private final String name;
  private final int type;

  /** Null where there is none. */
  private AVBufferRef device;

  private HardwareDevice(String name, int type, AVBufferRef device) {
    this.name = name;
    this.type = type;
    this.device = device;
  }

  /**
   * Opens the first device of a type.
   *
   * @param name of the type, or empty for none
   * @throws AvocetException NOT_SUPPORTED where FFmpeg knows no such type
   */
  static HardwareDevice open(String name) {
    FFmpeg.prepare();
    if (name.isEmpty()) {
      return new HardwareDevice(name, avutil.AV_HWDEVICE_TYPE_NONE, null);
    }
    int type = avutil.av_hwdevice_find_type_by_name(name);
    if (type == avutil.AV_HWDEVICE_TYPE_NONE) {
      throw AvocetException.notSupported(
          "hardware=%s: unknown; this build of FFmpeg knows %s"
              .formatted(name, String.join(", ", known())));
    }
    AVBufferRef device = new AVBufferRef();
    int code =
        avutil.av_hwdevice_ctx_create(device, type, (String) null, new AVDictionary(null), 0);
    if (code < 0) {
      FFmpegLog.LOG.warn(
          "hardware={}: no such device here ({}); the processor decodes", name, FFmpeg.text(code));
      return new HardwareDevice(name, type, null);
    }
    return new HardwareDevice(name, type, device);
  }

  private static List<String> known() {
    List<String> names = new ArrayList<>();
    for (int type = avutil.av_hwdevice_iterate_types(avutil.AV_HWDEVICE_TYPE_NONE);
        type != avutil.AV_HWDEVICE_TYPE_NONE;
        type = avutil.av_hwdevice_iterate_types(type)) {
      names.add(avutil.av_hwdevice_get_type_name(type).getString());
    }
    return names;
  }

  /**
   * Has a decoder use the device where it can. FFmpeg takes the processor where the device then
   * refuses the stream.
   */
  void attach(AVCodec codec, AVCodecContext decoder) {
    if (device == null) {
      return;
    }
    for (int i = 0; ; i++) {
      AVCodecHWConfig config = avcodec.avcodec_get_hw_config(codec, i);
      if (config == null) {
        break;
      }
      if (config.device_type() == type
          && (config.methods() & avcodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0) {
        decoder.hw_device_ctx(avutil.av_buffer_ref(device));
        return;
      }
    }
    FFmpegLog.LOG.warn(
        "hardware={}: does not decode {}; the processor does", name, codec.name().getString());
    close();
  }

  @Override
  public void close() {
    if (device != null) {
      avutil.av_buffer_unref(device);
      device = null;
    }
  }
}
