package dev.avocet.camera.config;

import dev.avocet.core.AvocetException;
import dev.avocet.track.Scene;
import java.util.Objects;

/**
 * One camera.
 *
 * @param name short, unique; letters, digits, {@code -} and {@code _}
 * @param input what {@link dev.avocet.media.Frames} opens; a video file is played at its own pace,
 *     again and again
 * @param scene lines and zones
 */
public record SourceConfig(String name, String input, Scene scene) {
  /** Checks the name. */
  public SourceConfig {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw AvocetException.invalidArgument(
          "source=%s: expected a short name of letters, digits, - and _".formatted(name));
    }
    Objects.requireNonNull(input);
    Objects.requireNonNull(scene);
  }
}
