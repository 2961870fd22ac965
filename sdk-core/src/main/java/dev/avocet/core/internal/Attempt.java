package dev.avocet.core.internal;

import dev.avocet.core.AvocetException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Either an engine's runtime, or why it cannot be used. Made once in a process: what could not be
 * loaded cannot be loaded later either.
 *
 * @param <T> the runtime
 * @param found the runtime, where there is one
 * @param reason why there is none, else empty
 */
public record Attempt<T>(Optional<T> found, String reason) {
  /**
   * Tries to load a runtime.
   *
   * @param engine its name, for people
   * @param load throws an UnsatisfiedLinkError or an AvocetException where it cannot be used
   */
  public static <T> Attempt<T> of(String engine, Supplier<T> load, Logger log) {
    try {
      return new Attempt<>(Optional.of(load.get()), "");
    } catch (LinkageError | AvocetException e) {
      log.debug("{} cannot be used", engine, e);
      return new Attempt<>(Optional.empty(), engine + " cannot be used: " + e.getMessage());
    }
  }

  /** Why there is no runtime, or empty. */
  public Optional<String> unavailable() {
    return found.isPresent() ? Optional.empty() : Optional.of(reason);
  }

  /**
   * The runtime.
   *
   * @throws AvocetException NOT_SUPPORTED with the reason where there is none
   */
  public T get() {
    return found.orElseThrow(() -> AvocetException.notSupported(reason));
  }
}
