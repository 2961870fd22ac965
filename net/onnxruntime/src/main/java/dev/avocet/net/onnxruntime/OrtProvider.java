package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * ONNX Runtime: networks in {@code .onnx} and {@code .ort} files, on the processor and, where the
 * library was built with it, on CUDA, by itself or through TensorRT. The module's README lists the
 * options. Thread safe.
 */
public final class OrtProvider implements NetProvider {
  private static final String CUDA = OrtOptions.PROVIDERS.get("cuda");
  private static final String TENSORRT = OrtOptions.PROVIDERS.get("tensorrt");

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

  /** Where ONNX Runtime cannot be used at all, that is the better reason: {@link #unavailable}. */
  @Override
  public boolean runsOn(String deviceName) {
    return deviceName.equalsIgnoreCase("cpu")
        || (deviceName.equalsIgnoreCase("cuda")
            && (OrtRuntime.unavailable().isPresent()
                || OrtRuntime.get().providers().contains(CUDA)));
  }

  /**
   * The processor, and CUDA where its provider, NVIDIA's driver and a card are there. Abilities are
   * ONNX Runtime's execution providers, and how many threads a call may use.
   */
  @Override
  public List<NetDevice> devices() {
    if (OrtRuntime.unavailable().isPresent()) {
      return List.of();
    }
    OrtRuntime runtime = OrtRuntime.get();
    Set<String> providers = runtime.providers();
    List<NetDevice> devices = new ArrayList<>();
    devices.add(processor(providers));
    String cards = HardwareNames.SYSTEM.nvidiaGpus();
    if (providers.contains(CUDA)
        && runtime.hasLibrary("cuda")
        && !cards.isEmpty()
        && driverLoads()) {
      boolean tensorrt = providers.contains(TENSORRT) && runtime.hasLibrary("tensorrt");
      devices.add(new NetDevice("cuda", cards, tensorrt ? List.of(CUDA, TENSORRT) : List.of(CUDA)));
    }
    return devices;
  }

  /** A Jetson board is known by its name, with or without the driver. */
  private static boolean driverLoads() {
    try {
      Loader.loadGlobal("libcuda.so.1");
      return true;
    } catch (UnsatisfiedLinkError e) {
      // The loader's way to say that there is none.
      return false;
    }
  }

  private static NetDevice processor(Set<String> providers) {
    int threads = NetOptions.DEFAULT.effectiveThreads();
    Stream<String> onProcessor =
        OrtOptions.PROVIDERS.values().stream()
            .filter(name -> !Set.of(CUDA, TENSORRT).contains(name) && providers.contains(name))
            .sorted();
    List<String> abilities =
        Stream.concat(onProcessor, Stream.of(threads == 1 ? "1 thread" : threads + " threads"))
            .toList();
    return new NetDevice("cpu", HardwareNames.SYSTEM.processor(), abilities);
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
