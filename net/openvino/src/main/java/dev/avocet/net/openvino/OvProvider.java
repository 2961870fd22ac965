package dev.avocet.net.openvino;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * OpenVINO: networks in {@code .onnx} and {@code .xml} + {@code .bin} files, on the processor, on
 * Intel's GPUs and NPUs, and on the devices that choose among or combine them. The module's README
 * lists the options. Thread safe.
 */
public final class OvProvider implements NetProvider {
  @Override
  public String name() {
    return "openvino";
  }

  /** Release of the native library, or empty where it cannot be used. */
  @Override
  public String version() {
    return OvRuntime.unavailable().isPresent() ? "" : OvRuntime.get().version();
  }

  @Override
  public Optional<String> unavailable() {
    return OvRuntime.unavailable();
  }

  @Override
  public boolean runsOn(String deviceName) {
    return OvDevice.isKnown(deviceName);
  }

  @Override
  public boolean reads(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".onnx") || name.endsWith(".xml");
  }

  /** It is made for Intel's devices; on the processors of others it is one engine of several. */
  @Override
  public int preference(String deviceName) {
    boolean foreign =
        deviceName.equalsIgnoreCase("cpu")
            && unavailable().isEmpty()
            && !OvRuntime.get().property("CPU", "FULL_DEVICE_NAME").orElse("").contains("Intel");
    return foreign ? 0 : 1;
  }

  @Override
  public List<NetDevice> devices() {
    if (OvRuntime.unavailable().isPresent()) {
      return List.of();
    }
    OvRuntime runtime = OvRuntime.get();
    return runtime.devices().stream()
        .map(
            name ->
                new NetDevice(
                    name,
                    runtime.property(name, "FULL_DEVICE_NAME").map(String::strip).orElse(name),
                    runtime
                        .property(name, "OPTIMIZATION_CAPABILITIES")
                        .map(words -> List.of(words.strip().split("[\\s,]+")))
                        .orElse(List.of())))
        .toList();
  }

  /**
   * Opens a network. From a folder OpenVINO reads the files itself; from anywhere else it gets the
   * bytes, which have to be complete.
   *
   * @param weights the {@code .bin} of an {@code .xml}; where empty, the file of the same name
   */
  @Override
  public Net open(
      ModelFiles files, String file, String weights, Device device, NetOptions options) {
    OvRuntime runtime = OvRuntime.get();
    OvDevice wanted = OvDevice.of(device);
    // Asking what there is loads what every device needs, which takes longer than opening.
    if (!wanted.name().equals("CPU") || runtime.property("CPU", "FULL_DEVICE_NAME").isEmpty()) {
      wanted.checkThere(runtime, runtime.devices());
    }
    OvOptions checked = OvOptions.of(options, wanted, runtime);
    OvCompiler compiler = new OvCompiler(runtime, OvSource.of(files, file, weights), checked);
    try {
      return new OvNet(compiler);
    } catch (RuntimeException e) {
      compiler.close();
      throw e;
    }
  }

  /** Throws FILE_NOT_FOUND where a model has no such file. */
  static void checkThere(ModelFiles files, String file) {
    if (!files.has(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + files.origin() + " has no file " + file);
    }
  }
}
