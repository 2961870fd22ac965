package dev.avocet.media.ffmpeg;

import dev.avocet.core.AvocetException;
import dev.avocet.media.InputAddress.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a camera's driver offers, as FFmpeg's v4l2 demuxer lists it with {@code list_formats=all},
 * and which of it to ask for. Pure. The list has no rates: they are known once a mode is set.
 *
 * @param formats in the driver's order
 */
record CameraModes(List<Format> formats) {
  /**
   * One pixel format or codec.
   *
   * @param name FFmpeg's: {@code yuyv422}, {@code mjpeg}
   * @param compressed whether it has to be decoded
   * @param sizes those that the driver names; of a range, smallest and largest
   * @param range whether the sizes are the two ends of a range
   */
  record Format(String name, boolean compressed, List<Size> sizes, boolean range) {
    /** Keeps a copy of the sizes. */
    Format {
      sizes = List.copyOf(sizes);
    }

    private boolean offers(Size size) {
      if (!range) {
        return sizes.contains(size);
      }
      Size least = sizes.get(0);
      Size most = sizes.get(1);
      return size.width() >= least.width()
          && size.height() >= least.height()
          && size.width() <= most.width()
          && size.height() <= most.height();
    }

    /** 720p where there is that; else the largest that is smaller; else the smallest. */
    private Size preferred() {
      if (offers(HD)) {
        return HD;
      }
      Comparator<Size> byArea = Comparator.comparingLong(s -> (long) s.width() * s.height());
      return sizes.stream()
          .filter(s -> s.width() <= HD.width() && s.height() <= HD.height())
          .max(byArea)
          .orElseGet(() -> sizes.stream().min(byArea).orElseThrow());
    }
  }

  /**
   * What to ask the driver for.
   *
   * @param format FFmpeg's name
   */
  record Mode(String format, Size size) {}

  private static final Size HD = new Size(1280, 720);

  /**
   * Best first: what is used in place, what is converted, what is decoded. Others are not taken.
   */
  private static final List<String> PREFERENCE =
      List.of(
          "nv12", "yuyv422", "yuv420p", "nv21", "uyvy422", "yuv422p", "bgr24", "rgb24", "gray",
          "mjpeg", "h264", "hevc");

  private static final Pattern LINE =
      Pattern.compile(
          "(Raw|Compressed) *: *(\\S+) *: *(.*?) *:((?: [0-9]+x[0-9]+| \\{[^}]*\\}x\\{[^}]*\\})*) *");

  private static final Pattern DISCRETE = Pattern.compile("([0-9]+)x([0-9]+)");
  private static final Pattern RANGE =
      Pattern.compile("\\{([0-9]+)-([0-9]+), *[0-9]+\\}x\\{([0-9]+)-([0-9]+), *[0-9]+\\}");

  /** Keeps a copy of the formats. */
  CameraModes {
    formats = List.copyOf(formats);
  }

  /** Reads FFmpeg's list, which it writes to its log. */
  static CameraModes parse(String list) {
    List<Format> formats = new ArrayList<>();
    for (String line : list.lines().toList()) {
      Matcher m = LINE.matcher(line.replaceFirst("^\\[[^]]*\\] *", ""));
      if (!m.matches()) {
        continue;
      }
      List<Size> sizes = new ArrayList<>();
      Matcher range = RANGE.matcher(m.group(4));
      boolean isRange = range.find();
      if (isRange) {
        sizes.add(size(range.group(1), range.group(3)));
        sizes.add(size(range.group(2), range.group(4)));
      } else {
        for (Matcher s = DISCRETE.matcher(m.group(4)); s.find(); ) {
          sizes.add(size(s.group(1), s.group(2)));
        }
      }
      if (!sizes.isEmpty()) {
        formats.add(new Format(m.group(2), m.group(1).equals("Compressed"), sizes, isRange));
      }
    }
    return new CameraModes(formats);
  }

  private static Size size(String width, String height) {
    return new Size(Integer.parseInt(width), Integer.parseInt(height));
  }

  /**
   * Modes to try, best first: uncompressed ones, then MJPEG, then the other codecs, each at the
   * size asked for or else near 720p.
   *
   * @param camera for messages
   * @throws AvocetException NOT_SUPPORTED where the driver offers none
   */
  List<Mode> candidates(String camera, Optional<String> format, Optional<Size> size) {
    List<Mode> modes = new ArrayList<>();
    for (String name : format.map(List::of).orElse(PREFERENCE)) {
      for (Format offered : formats) {
        if (offered.name().equals(name) && size.map(offered::offers).orElse(true)) {
          modes.add(new Mode(name, size.orElseGet(offered::preferred)));
        }
      }
    }
    if (modes.isEmpty()) {
      throw AvocetException.notSupported(
          "%s: format=%s size=%s: the driver offers %s"
              .formatted(
                  camera,
                  format.orElse("any"),
                  size.map(CameraModes::text).orElse("any"),
                  formats.isEmpty() ? "nothing that FFmpeg lists" : offer()));
    }
    return modes;
  }

  private String offer() {
    return String.join(
        ", ",
        formats.stream()
            .map(
                f ->
                    f.name()
                        + " "
                        + String.join(
                            f.range() ? "-" : "|",
                            f.sizes().stream().map(CameraModes::text).toList()))
            .toList());
  }

  static String text(Size size) {
    return size.width() + "x" + size.height();
  }

  /**
   * Which of the modes to take, once their rates are known.
   *
   * @param rates frames a second of the first modes, in their order, as the driver set them; 0
   *     where it does not say or refused
   * @param wanted frames a second
   * @return its index; empty while none is fast enough and others can still be tried
   */
  static Optional<Integer> choose(List<Double> rates, int modes, double wanted) {
    int best = 0;
    for (int i = 0; i < rates.size(); i++) {
      // Drivers round: 29.97 is 30.
      if (rates.get(i) >= 0.95 * wanted) {
        return Optional.of(i);
      }
      best = rates.get(i) > rates.get(best) ? i : best;
    }
    return rates.size() < modes ? Optional.empty() : Optional.of(best);
  }
}
