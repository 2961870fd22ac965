package dev.avocet.jetson;

import dev.avocet.core.AvocetException;
import dev.avocet.media.FrameSource;
import dev.avocet.media.FrameSourceProvider;
import dev.avocet.media.InputAddress;
import dev.avocet.media.SourceOptions;
import dev.avocet.media.gst.GstSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * CSI cameras of a Jetson: {@code csi://0}, {@code csi://1?width=1920&height=1080&fps=30&flip=2}.
 * NVIDIA's {@code nvarguscamerasrc} takes the pictures and {@code nvvidconv} brings them into the
 * processor's memory as NV12 (Jetson Linux Developer Guide, "Accelerated GStreamer"). Their
 * pipeline is run as {@link GstSource} says: live, the newest frame wins.
 *
 * <p>Options: {@code width} and {@code height} (default 1280, 720) and {@code fps} (30) have to be
 * a mode that the sensor's driver has; {@code flip} is {@code nvvidconv}'s {@code flip-method}, 0
 * to 7: 0 none, 1 a quarter turn to the left, 2 half a turn, 3 a quarter to the right, 4 left and
 * right changed, 6 up and down changed, 5 and 7 along a diagonal.
 */
public final class CsiCameraProvider implements FrameSourceProvider {
  private static final String SCHEME = "csi://";
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final double RATE = 30;
  private static final int PER_SECOND_PARTS = 1000;
  private static final int MOST = 99_999;

  /** For {@link java.util.ServiceLoader}. */
  public CsiCameraProvider() {}

  @Override
  public boolean accepts(String input) {
    return input.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  @Override
  public FrameSource open(String input, SourceOptions options) {
    return GstSource.open(input, pipeline(input), options);
  }

  /**
   * The pipeline of a camera.
   *
   * @throws AvocetException INVALID_ARG
   */
  static List<String> pipeline(String input) {
    InputAddress address = InputAddress.parse(input, Set.of("width", "height", "fps", "flip"));
    if (!address.path().matches("//[0-9]{1,2}")) {
      throw AvocetException.invalidArgument(
          input + ": expected csi://NUMBER and options, such as csi://0?width=1920&height=1080");
    }
    long width = size(address, "width", WIDTH);
    long height = size(address, "height", HEIGHT);
    String flip = address.text("flip").orElse("0");
    if (!flip.matches("[0-7]")) {
      throw AvocetException.invalidArgument("%s: flip=%s: expected 0 to 7".formatted(input, flip));
    }
    // Odd methods change width and height.
    boolean turned = Integer.parseInt(flip) % 2 != 0;
    return List.of(
        "nvarguscamerasrc",
        "sensor-id=" + address.path().substring(2),
        "!",
        "video/x-raw(memory:NVMM),format=NV12,width=%d,height=%d,framerate=%s"
            .formatted(width, height, fraction(address.rate("fps"))),
        "!",
        "nvvidconv",
        "flip-method=" + flip,
        "!",
        "video/x-raw,format=NV12,width=%d,height=%d"
            .formatted(turned ? height : width, turned ? width : height));
  }

  private static long size(InputAddress address, String name, int otherwise) {
    long size = address.count(name).orElse(otherwise);
    if (size % 2 != 0 || size > MOST) {
      throw AvocetException.invalidArgument(
          "%s: %s=%d: expected an even number up to %d"
              .formatted(address.input(), name, size, MOST));
    }
    return size;
  }

  private static String fraction(OptionalDouble rate) {
    double perSecond = rate.orElse(RATE);
    return perSecond == Math.rint(perSecond)
        ? "%d/1".formatted((long) perSecond)
        : "%d/%d".formatted(Math.round(perSecond * PER_SECOND_PARTS), PER_SECOND_PARTS);
  }
}
