package dev.avocet.media.ffmpeg;

import dev.avocet.media.Frames;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What FFmpeg is told to open.
 *
 * @param name for frames, logs and messages; without passwords
 * @param url as FFmpeg reads it; with passwords, never to be shown
 * @param demuxer name of FFmpeg's demuxer, or empty where the content decides
 * @param options of demuxer and protocol
 * @param kind what can be expected of it
 */
record Location(String name, String url, String demuxer, Map<String, String> options, Kind kind) {
  /** The containers that a file may be: none that names further files. */
  private static final String FILE_FORMATS =
      "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,flv,asf,ogg,"
          + "ivf,yuv4mpegpipe";

  /** What can be expected of a location. */
  enum Kind {
    /** It ends, and gives all its frames. */
    FILE,
    /** A server's; it ends where the server states how long it is, else it is live. */
    DOWNLOAD,
    /** A camera, here or far away; it goes on, and is opened again when it is lost. */
    LIVE
  }

  /** A file on this machine; nothing else is read, whatever is in it. */
  static Location file(String path) {
    // With the protocol before it no name is taken for another protocol's.
    return new Location(
        path,
        "file:" + path,
        "",
        Map.of("protocol_whitelist", "file", "format_whitelist", FILE_FORMATS),
        Kind.FILE);
  }

  /** A server's stream: rtsp, rtsps, http or https. */
  static Location stream(String input) {
    boolean rtsp = input.toLowerCase(Locale.ROOT).startsWith("rtsp");
    Map<String, String> options = new HashMap<>();
    // Else opening waits for 20 frames, to measure their rate.
    options.put("fpsprobesize", "0");
    if (rtsp) {
      options.put("protocol_whitelist", "rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https,httpproxy");
      options.put("rtsp_transport", "tcp");
      options.put("allowed_media_types", "video");
    } else {
      options.put("protocol_whitelist", "http,https,tcp,tls,crypto,httpproxy");
    }
    return new Location(Frames.nameOf(input), input, "", options, rtsp ? Kind.LIVE : Kind.DOWNLOAD);
  }
}
