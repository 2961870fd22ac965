package dev.avocet.core.net;

import dev.avocet.core.Device;
import dev.avocet.core.model.ModelFiles;
import java.util.Optional;

/** An engine; found by {@link java.util.ServiceLoader}. Thread safe. */
public interface NetProvider {
  /** Short name as in {@code deploy.json} and {@link Device}: {@code onnxruntime}. */
  String name();

  /** Release of the engine, for example {@code 1.24.1}. */
  String version();

  /** Why this engine cannot be used here, or empty where it can; asked once, then kept. */
  Optional<String> unavailable();

  /** Whether this engine can run on the device {@code name} at all, for example {@code cpu}. */
  boolean runsOn(String deviceName);

  /** Whether this engine reads files of such a name, judged by the ending. */
  boolean reads(String fileName);

  /**
   * Opens a network.
   *
   * @param files where it lies
   * @param file its name there
   * @param weights name of a second file, or empty
   * @param device where to run; its {@code engine} is empty or this engine
   * @throws dev.avocet.core.AvocetException FILE_NOT_FOUND, INVALID_ARG for an unknown option, FAIL
   *     with the engine's words where the file is damaged, NOT_SUPPORTED where the device is absent
   */
  Net open(ModelFiles files, String file, String weights, Device device, NetOptions options);
}
