package dev.avocet.camera.config;

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
  /** Checks that nothing is missing. */
  public SourceConfig {
    Objects.requireNonNull(name);
    Objects.requireNonNull(input);
    Objects.requireNonNull(scene);
  }
}
