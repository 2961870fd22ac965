package dev.avocet.camera.demo;

import dev.avocet.core.AvocetException;
import dev.avocet.media.DrawnSource;
import dev.avocet.media.FrameSource;
import dev.avocet.media.FrameSourceProvider;
import dev.avocet.media.SourceOptions;
import java.util.OptionalLong;

/**
 * {@code demo://}: parcels with codes that go by on a belt, for ever, 15 frames a second. Frames
 * depend on their number alone. Needs no file, camera or decoder of videos.
 */
public final class DemoProvider implements FrameSourceProvider {
  /** For {@link java.util.ServiceLoader}. */
  public DemoProvider() {}

  @Override
  public boolean accepts(String input) {
    return input.regionMatches(true, 0, "demo://", 0, 7);
  }

  @Override
  public FrameSource open(String input, SourceOptions options) {
    if (input.length() > 7) {
      throw AvocetException.invalidArgument(input + ": expected demo:// and nothing more");
    }
    return new DrawnSource(
        input,
        new DrawnSource.Format(
            ParcelBelt.WIDTH, ParcelBelt.HEIGHT, ParcelBelt.RATE, OptionalLong.empty()),
        options.pace(),
        new ParcelBelt());
  }
}
