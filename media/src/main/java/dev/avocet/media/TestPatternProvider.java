package dev.avocet.media;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.Set;

/**
 * {@code test://}: a moving picture that needs no file, camera or decoder. Options: {@code
 * size=640x480}, {@code fps=25}, {@code frames=N} (without it there is no end), as in {@code
 * test://?size=1280x720&frames=100}. Each picture, BGR, depends on its number and size alone.
 */
public final class TestPatternProvider implements FrameSourceProvider {
  private static final InputAddress.Size SIZE = new InputAddress.Size(640, 480);
  private static final double RATE = 25;

  /** For {@link java.util.ServiceLoader}. */
  public TestPatternProvider() {}

  @Override
  public boolean accepts(String input) {
    return input.regionMatches(true, 0, "test://", 0, 7);
  }

  @Override
  public FrameSource open(String input, SourceOptions options) {
    InputAddress address = InputAddress.parse(input, Set.of("size", "fps", "frames"));
    if (!address.path().equals("//")) {
      throw AvocetException.invalidArgument(
          input + ": expected test:// and options, such as test://?size=640x480");
    }
    InputAddress.Size size = address.size("size").orElse(SIZE);
    long maxPixels = options.pictures().maxPixels();
    if ((long) size.width() * size.height() > maxPixels) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "%s: width=%d height=%d is more than maxPixels=%d"
              .formatted(input, size.width(), size.height(), maxPixels));
    }
    return new DrawnSource(
        input,
        new DrawnSource.Format(
            size.width(), size.height(), address.rate("fps").orElse(RATE), address.count("frames")),
        options.pace(),
        new TestPattern(size.width(), size.height()));
  }
}
