package dev.avocet.camera.config;

import dev.avocet.core.AvocetException;
import dev.avocet.track.Scene;
import java.util.Objects;
import java.util.Optional;

/**
 * One camera.
 *
 * @param name short, unique; letters, digits, {@code -} and {@code _}
 * @param input what {@link dev.avocet.media.Frames} opens; a video file is played at its own pace,
 *     again and again
 * @param model its own, which the page does not switch; empty for the one that all others share
 * @param scene lines and zones
 */
public record SourceConfig(String name, String input, Optional<String> model, Scene scene) {
  /** Checks the name. */
  public SourceConfig {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw AvocetException.invalidArgument(
          "source=%s: expected a short name of letters, digits, - and _".formatted(name));
    }
    Objects.requireNonNull(input);
    Objects.requireNonNull(model);
    Objects.requireNonNull(scene);
  }

  /** With the model that all others share, and nothing to count at. */
  public SourceConfig(String name, String input) {
    this(name, input, Optional.empty(), Scene.EMPTY);
  }

  /** The same with another input. */
  public SourceConfig withInput(String other) {
    return new SourceConfig(name, other, model, scene);
  }

  /** The same with other lines and zones. */
  public SourceConfig withScene(Scene other) {
    return new SourceConfig(name, input, model, other);
  }
}
