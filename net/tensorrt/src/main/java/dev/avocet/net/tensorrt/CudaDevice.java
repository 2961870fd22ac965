package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_CAN_MAP_HOST_MEMORY;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_INTEGRATED;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetAttribute;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetCount;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetName;
import static org.bytedeco.cuda.global.cudart.cuDeviceTotalMem;
import static org.bytedeco.cuda.global.cudart.cuDriverGetVersion;
import static org.bytedeco.cuda.global.cudart.cuInit;

import dev.avocet.core.AvocetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * A GPU, as its driver describes it.
 *
 * @param index in the driver's order, which {@code CUDA_VISIBLE_DEVICES} changes
 * @param name for example {@code Orin} or {@code NVIDIA H200}
 * @param major of the compute capability
 * @param minor of the compute capability
 * @param memory bytes in all
 * @param integrated whether it shares the processor's memory, as on a Jetson
 * @param mapsHostMemory whether it reads and writes pinned memory of the host where it lies
 * @param driver newest CUDA that the driver serves, 1000 x major + 10 x minor
 */
record CudaDevice(
    int index,
    String name,
    int major,
    int minor,
    long memory,
    boolean integrated,
    boolean mapsHostMemory,
    int driver) {

  /**
   * All that there are.
   *
   * @throws AvocetException FAIL with the driver's words
   */
  static List<CudaDevice> all() {
    Cuda.check(cuInit(0), "starting the driver");
    int[] count = new int[1];
    Cuda.check(cuDeviceGetCount(count), "counting GPUs");
    List<CudaDevice> devices = new ArrayList<>();
    for (int i = 0; i < count[0]; i++) {
      devices.add(of(i));
    }
    return List.copyOf(devices);
  }

  /**
   * One of them.
   *
   * @throws AvocetException NOT_SUPPORTED where there are fewer
   */
  static CudaDevice at(int index) {
    List<CudaDevice> all = all();
    if (index >= all.size()) {
      throw AvocetException.notSupported(
          "device=cuda:%d: the driver shows %d GPU%s; 'avocet devices' lists them, CUDA_VISIBLE_DEVICES may hide some"
              .formatted(index, all.size(), all.size() == 1 ? "" : "s"));
    }
    return all.get(index);
  }

  private static CudaDevice of(int index) {
    int device = handle(index);
    byte[] name = new byte[256];
    Cuda.check(cuDeviceGetName(name, name.length, device), "asking for a GPU's name");
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    try (SizeTPointer memory = new SizeTPointer(1)) {
      Cuda.check(cuDeviceTotalMem(memory, device), "asking for a GPU's memory");
      return new CudaDevice(
          index,
          new String(name, 0, end, StandardCharsets.UTF_8),
          attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device),
          attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device),
          memory.get(),
          attribute(CU_DEVICE_ATTRIBUTE_INTEGRATED, device) != 0,
          attribute(CU_DEVICE_ATTRIBUTE_CAN_MAP_HOST_MEMORY, device) != 0,
          newestCuda());
    }
  }

  /** Newest CUDA that the driver serves, 1000 x major + 10 x minor. */
  static int newestCuda() {
    int[] version = new int[1];
    Cuda.check(cuDriverGetVersion(version), "asking for the driver's version");
    return version[0];
  }

  /** The driver's own number of a GPU. */
  static int handle(int index) {
    int[] device = new int[1];
    Cuda.check(cuDeviceGet(device, index), "looking for GPU " + index);
    return device[0];
  }

  private static int attribute(int which, int device) {
    int[] value = new int[1];
    Cuda.check(cuDeviceGetAttribute(value, which, device), "asking for a GPU's attribute");
    return value[0];
  }

  /** For example {@code sm_87}. */
  String architecture() {
    return "sm_" + major + minor;
  }
}
