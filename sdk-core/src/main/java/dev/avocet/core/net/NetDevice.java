package dev.avocet.core.net;

import java.util.List;

/**
 * A device that an engine finds on this machine.
 *
 * @param name as {@link dev.avocet.core.Device} takes it, without the engine: {@code cpu}, {@code
 *     GPU.1}
 * @param fullName what its maker calls it
 * @param abilities what it can do in the engine's words, for example {@code FP32}, {@code INT8};
 *     may be empty
 */
public record NetDevice(String name, String fullName, List<String> abilities) {
  /** Copies the list. */
  public NetDevice {
    abilities = List.copyOf(abilities);
  }
}
