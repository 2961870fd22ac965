package dev.avocet.net.tensorrt;

import dev.avocet.core.net.NetDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The GPUs, in Avocet's words. */
final class TrtDevices {
  private TrtDevices() {}

  /** All that the driver shows. */
  static List<NetDevice> all(TrtRuntime runtime) {
    int dla = runtime.runtime().getNbDLACores();
    return CudaDevice.all().stream().map(device -> describe(device, dla)).toList();
  }

  /**
   * A GPU with what its compute capability tells: 5.3, 6.0, 6.2 and from 7.0 on half precision at
   * full speed, from 8.0 on BF16, 6.1 and from 7.2 on INT8, from 8.9 on FP8 (CUDA C++ Programming
   * Guide, arithmetic instructions; TensorRT's support matrix).
   *
   * @param dla cores for deep learning beside the GPU
   */
  static NetDevice describe(CudaDevice device, int dla) {
    int capability = 10 * device.major() + device.minor();
    List<String> abilities = new ArrayList<>();
    abilities.add("FP32");
    add(
        abilities,
        "FP16",
        capability >= 70 || capability == 53 || capability == 60 || capability == 62);
    add(abilities, "BF16", capability >= 80);
    add(abilities, "INT8", capability >= 72 || capability == 61 || capability == 70);
    add(abilities, "FP8", capability >= 89);
    add(abilities, dla + (dla == 1 ? " DLA core" : " DLA cores"), dla > 0);
    return new NetDevice(
        device.index() == 0 ? "cuda" : "cuda:" + device.index(),
        String.format(
            Locale.ROOT,
            "%s (compute capability %d.%d, %.1f GB%s)",
            device.name(),
            device.major(),
            device.minor(),
            device.memory() / 1e9,
            device.integrated() ? " shared with the processor" : ""),
        abilities);
  }

  private static void add(List<String> abilities, String ability, boolean there) {
    if (there) {
      abilities.add(ability);
    }
  }
}
