package dev.avocet.core.net;

import dev.avocet.core.Device;
import dev.avocet.core.model.ModelFiles;
import java.util.List;
import java.util.Optional;

/** An engine; found by {@link java.util.ServiceLoader}. Thread safe. */
public interface NetProvider {
  /** Short name as in {@code deploy.json} and {@link Device}: {@code onnxruntime}. */
  String name();

  /** Release of the engine, for example {@code 1.24.1}. */
  String version();

  /** Why this engine cannot be used here, or empty where it can; asked once, then kept. */
  Optional<String> unavailable();

  /**
   * Whether this engine can run on the device {@code name} at all, for example {@code cpu}. Asked
   * before {@link #unavailable}, so that an engine that is of no use loads nothing.
   */
  boolean runsOn(String deviceName);

  /** Whether this engine reads files of such a name, judged by the ending. */
  boolean reads(String fileName);

  /**
   * How fast this engine is expected to be on a device beside other engines: the highest is taken
   * where neither caller nor model names one. 0 for an engine that runs anywhere, more where it is
   * made for the device.
   */
  default int preference(String deviceName) {
    return 0;
  }

  /** The devices that are there for this engine; none where it is {@link #unavailable}. */
  default List<NetDevice> devices() {
    return List.of();
  }

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
