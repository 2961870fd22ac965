package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.OpenListener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;

/**
 * TensorRT: {@code .onnx} files, which it builds an engine of on the GPU itself, and engines that
 * were built before ({@code .engine}, {@code .plan}). The module's README lists the options. Thread
 * safe.
 */
public final class TrtProvider implements NetProvider {
  @Override
  public String name() {
    return "tensorrt";
  }

  /** Release of the native library, or empty where it cannot be used. */
  @Override
  public String version() {
    return TrtRuntime.unavailable().isPresent() ? "" : TrtRuntime.get().version();
  }

  @Override
  public Optional<String> unavailable() {
    return TrtRuntime.unavailable();
  }

  @Override
  public boolean runsOn(String deviceName) {
    return deviceName.equalsIgnoreCase("cuda") || deviceName.equalsIgnoreCase("gpu");
  }

  @Override
  public boolean reads(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return name.endsWith(".onnx") || name.endsWith(".engine") || name.endsWith(".plan");
  }

  /** It is made for these devices. */
  @Override
  public int preference(String deviceName) {
    return runsOn(deviceName) ? 2 : 0;
  }

  @Override
  public List<NetDevice> devices() {
    return TrtRuntime.unavailable().isPresent() ? List.of() : TrtDevices.all(TrtRuntime.get());
  }

  /**
   * Opens a network.
   *
   * @param weights not looked at: the network's file names its external weights itself
   */
  @Override
  public Net open(
      ModelFiles files, String file, String weights, Device device, NetOptions options) {
    TrtRuntime runtime = TrtRuntime.get();
    TrtOptions checked = TrtOptions.of(options, device);
    if (!files.has(file)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the model " + files.origin() + " has no file " + file);
    }
    TrtPlugins.load(runtime.log(), checked.plugins());
    CudaContext context = new CudaContext(CudaDevice.at(checked.deviceIndex()));
    try {
      context.enter();
      try {
        return net(runtime, context, files, file, checked, options.listener());
      } finally {
        context.leave();
      }
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static Net net(
      TrtRuntime runtime,
      CudaContext context,
      ModelFiles files,
      String file,
      TrtOptions options,
      OpenListener listener) {
    ICudaEngine engine = TrtEngines.open(runtime, context, files, file, options, listener);
    try {
      return new TrtNet(runtime, context, engine, options, file);
    } catch (RuntimeException e) {
      TrtObjects.free(engine);
      throw e;
    }
  }
}
