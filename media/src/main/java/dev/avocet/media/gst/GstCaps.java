package dev.avocet.media.gst;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image.Plane;
import dev.avocet.core.PixelFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GStreamer's frames are, and how one lies in memory: by the rules of {@code
 * gst_video_info_set_format} (gst-plugins-base, video-info.c), rows end at a multiple of four
 * bytes.
 *
 * @param format of the pixels
 * @param width in pixels
 * @param height in pixels
 * @param rate frames a second; 0 where it is not known or changes
 * @param colorimetry as GStreamer names it, or empty
 */
record GstCaps(PixelFormat format, int width, int height, double rate, String colorimetry) {
  /** Formats by GStreamer's names, those that cost least first. */
  private static final Map<String, PixelFormat> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put("NV12", PixelFormat.NV12);
    FORMATS.put("NV21", PixelFormat.NV21);
    FORMATS.put("I420", PixelFormat.I420);
    FORMATS.put("YUY2", PixelFormat.YUYV);
    FORMATS.put("BGR", PixelFormat.BGR);
    FORMATS.put("RGB", PixelFormat.RGB);
    FORMATS.put("BGRx", PixelFormat.BGRA);
    FORMATS.put("RGBx", PixelFormat.RGBA);
    FORMATS.put("BGRA", PixelFormat.BGRA);
    FORMATS.put("RGBA", PixelFormat.RGBA);
    FORMATS.put("GRAY8", PixelFormat.GRAY8);
    FORMATS.put("GRAY16_LE", PixelFormat.GRAY16);
  }

  private static final int ROW_MULTIPLE = 4;
  private static final Pattern FORMAT = Pattern.compile("format=\\(string\\)([A-Za-z0-9_]{1,32})");
  private static final Pattern WIDTH = Pattern.compile("width=\\(int\\)([0-9]{1,6})");
  private static final Pattern HEIGHT = Pattern.compile("height=\\(int\\)([0-9]{1,6})");
  private static final Pattern COLOURS = Pattern.compile("colorimetry=\\(string\\)([^,\\s]{1,64})");
  private static final Pattern RATE =
      Pattern.compile("framerate=\\(fraction\\)([0-9]{1,9})/([0-9]{1,9})");

  /** What a pipeline is asked for, as a filter of {@code gst-launch-1.0}. */
  static String filter() {
    return "video/x-raw,format=(string){" + String.join(",", FORMATS.keySet()) + "}";
  }

  /**
   * Reads what GStreamer says of its frames.
   *
   * @param caps {@code video/x-raw, format=(string)NV12, width=(int)640, …}
   * @throws AvocetException NOT_SUPPORTED for other frames than {@link #filter} asks for, and for
   *     odd sizes of formats that need even ones
   */
  static GstCaps parse(String caps) {
    PixelFormat format = find(FORMAT, caps).map(FORMATS::get).orElse(null);
    int width = Integer.parseInt(find(WIDTH, caps).orElse("0"));
    int height = Integer.parseInt(find(HEIGHT, caps).orElse("0"));
    if (format == null || width < 1 || height < 1 || !caps.startsWith("video/x-raw,")) {
      throw AvocetException.notSupported(
          "the pipeline gives \"%s\": end it with pictures in memory, such as nvvidconv or videoconvert ! %s"
              .formatted(caps, filter()));
    }
    boolean odd = width % 2 != 0 || (format != PixelFormat.YUYV && height % 2 != 0);
    if (format.subsampled() && odd) {
      throw AvocetException.notSupported(
          "the pipeline gives %s of %dx%d: it needs even sizes, or format=BGR"
              .formatted(format, width, height));
    }
    Matcher rate = RATE.matcher(caps);
    double perSecond = 0;
    if (rate.find() && Long.parseLong(rate.group(2)) > 0) {
      perSecond = Double.parseDouble(rate.group(1)) / Double.parseDouble(rate.group(2));
    }
    return new GstCaps(format, width, height, perSecond, find(COLOURS, caps).orElse(""));
  }

  private static Optional<String> find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Bytes from one row of a plane to the next. */
  private int stride(int plane) {
    int row = format.rowBytes(plane, width);
    return (row + ROW_MULTIPLE - 1) / ROW_MULTIPLE * ROW_MULTIPLE;
  }

  /** Bytes of a frame. */
  long bytes() {
    long bytes = 0;
    for (int i = 0; i < format.planes(); i++) {
      bytes += (long) stride(i) * format.rows(i, height);
    }
    return bytes;
  }

  /** Planes of a frame that begins at an address. */
  List<Plane> planes(long address) {
    List<Plane> planes = new ArrayList<>();
    long at = address;
    for (int i = 0; i < format.planes(); i++) {
      planes.add(new Plane(at, stride(i)));
      at += (long) stride(i) * format.rows(i, height);
    }
    return planes;
  }
}
