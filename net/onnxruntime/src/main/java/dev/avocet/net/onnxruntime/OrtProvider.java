package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import java.util.Locale;
import java.util.Optional;

/**
 * ONNX Runtime: networks in {@code .onnx} and {@code .ort} files, on the processor and, where the
 * library was built with it, on CUDA. The module's README lists the options. Thread safe.
 */
public final class OrtProvider implements NetProvider {
  @Override
  public String name() {
    return "onnxruntime";
  }

  /** Release of the native library, or empty where it cannot be used. */
  @Override
  public String version() {
    return OrtRuntime.unavailable().isPresent() ? "" : OrtRuntime.get().version();
  }

  @Override
  public Optional<String> unavailable() {
    return OrtRuntime.unavailable();
  }

  @Override
  public boolean runsOn(String deviceName) {
    return deviceName.equals("cpu")
        || (deviceName.equals("cuda")
            && OrtRuntime.unavailable().isEmpty()
            && OrtRuntime.get().providers().contains(OrtOptions.PROVIDERS.get("cuda")));
  }

  @Override
  public boolean reads(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".onnx") || name.endsWith(".ort");
  }

  /**
   * Opens a network. From a folder ONNX Runtime reads the file itself, with external weights beside
   * it; from anywhere else it gets the bytes, which have to be complete. {@code weights} is not
   * looked at: the network's file names its external weights itself.
   */
  @Override
  public Net open(
      ModelFiles files, String file, String weights, Device device, NetOptions options) {
    OrtRuntime runtime = OrtRuntime.get();
    OrtOptions checked = OrtOptions.of(options, device, runtime.providers());
    if (!files.has(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + files.origin() + " has no file " + file);
    }
    return OrtNet.open(runtime, files, file, checked);
  }
}
