package dev.avocet.net.tensorrt;

import java.util.List;
import org.bytedeco.javacpp.Loader;

/**
 * The functions that are called, library by library, as they are called there. One that is missing
 * would end the process when it is called, so they are looked for once, before.
 */
final class NvidiaFunctions {
  /**
   * Of the driver, without the one that reads times, of another name in each line: only tests and
   * the bench call it.
   */
  static final List<String> DRIVER =
      List.of(
          "cuCtxPopCurrent_v2",
          "cuCtxPushCurrent_v2",
          "cuDeviceGet",
          "cuDeviceGetAttribute",
          "cuDeviceGetCount",
          "cuDeviceGetName",
          "cuDevicePrimaryCtxRelease_v2",
          "cuDevicePrimaryCtxRetain",
          "cuDeviceTotalMem_v2",
          "cuDriverGetVersion",
          "cuEventCreate",
          "cuEventDestroy_v2",
          "cuEventRecord",
          "cuEventSynchronize",
          "cuGetErrorName",
          "cuGetErrorString",
          "cuGraphDestroy",
          "cuGraphExecDestroy",
          "cuGraphInstantiateWithFlags",
          "cuGraphLaunch",
          "cuInit",
          "cuLaunchKernel",
          "cuMemAlloc_v2",
          "cuMemFreeHost",
          "cuMemFree_v2",
          "cuMemHostAlloc",
          "cuMemHostGetDevicePointer_v2",
          "cuMemcpyDtoHAsync_v2",
          "cuMemcpyHtoD_v2",
          "cuMemcpyHtoDAsync_v2",
          "cuModuleGetFunction",
          "cuModuleLoadData",
          "cuModuleUnload",
          "cuStreamAddCallback",
          "cuStreamBeginCapture_v2",
          "cuStreamCreate",
          "cuStreamDestroy_v2",
          "cuStreamEndCapture",
          "cuStreamSynchronize");

  /** Of the run-time compiler. */
  static final List<String> NVRTC =
      List.of(
          "nvrtcCompileProgram",
          "nvrtcCreateProgram",
          "nvrtcDestroyProgram",
          "nvrtcGetCUBIN",
          "nvrtcGetCUBINSize",
          "nvrtcGetErrorString",
          "nvrtcGetNumSupportedArchs",
          "nvrtcGetPTX",
          "nvrtcGetPTXSize",
          "nvrtcGetProgramLog",
          "nvrtcGetProgramLogSize",
          "nvrtcGetSupportedArchs",
          "nvrtcVersion");

  /** Of TensorRT; its classes are behind them. */
  static final List<String> TENSORRT =
      List.of(
          "createInferBuilder_INTERNAL",
          "createInferRuntime_INTERNAL",
          "getInferLibVersion",
          "getPluginRegistry");

  /** Of its ONNX parser. */
  static final List<String> PARSER =
      List.of("createNvOnnxParser_INTERNAL", "getNvOnnxParserVersion");

  /** Of its plugins. */
  static final List<String> PLUGINS = List.of("initLibNvInferPlugins");

  private NvidiaFunctions() {}

  /** Those that no library of the process has. */
  static List<String> missing(List<String> functions) {
    return functions.stream().filter(name -> Loader.addressof(name) == null).toList();
  }

  /**
   * Refuses a library that lacks any.
   *
   * @param library for people
   * @param advice what to do
   * @throws UnsatisfiedLinkError naming the first
   */
  static void check(String library, List<String> functions, String advice) {
    List<String> missing = missing(functions);
    if (!missing.isEmpty()) {
      throw new UnsatisfiedLinkError(
          "%s has no %s%s: it is damaged, or of a release that this build is not for; %s"
              .formatted(
                  library,
                  missing.get(0),
                  missing.size() > 1 ? " and lacks %d others".formatted(missing.size() - 1) : "",
                  advice));
    }
  }
}
