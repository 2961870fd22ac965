package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.nvrtc.NVRTC_SUCCESS;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCompileProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCreateProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcDestroyProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBIN;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBINSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetErrorString;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetNumSupportedArchs;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetPTX;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetPTXSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLog;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLogSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetSupportedArchs;
import static org.bytedeco.cuda.global.nvrtc.nvrtcVersion;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.SizeTPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles CUDA for a GPU with NVRTC, which {@link Nvrtc} has loaded. Needs neither a GPU nor a
 * driver. Thread safe.
 */
final class NvrtcProgram {
  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);

  private final String name;
  private final String source;

  /**
   * A program that is not compiled yet.
   *
   * @param name of the source, for messages
   */
  NvrtcProgram(String name, String source) {
    this.name = name;
    this.source = source;
  }

  /** An architecture that NVRTC compiles for, and whether to what the GPU runs as it is. */
  private record Target(int architecture, boolean binary) {
    String option() {
      return "--gpu-architecture=" + (binary ? "sm_" : "compute_") + architecture;
    }
  }

  /**
   * Compiles it: to machine code where NVRTC knows the architecture, else to PTX of the newest
   * before it, which the driver compiles.
   *
   * @param architecture 10 x major + minor of the GPU's compute capability
   * @return for {@code cuModuleLoadData}
   * @throws AvocetException NOT_SUPPORTED where NVRTC knows no GPU so old, FAIL with its log
   */
  byte[] compile(int architecture) {
    long start = System.nanoTime();
    Target target = target(architecture);
    // No fused multiply-add: it rounds once where plain Java rounds twice.
    byte[] image = compile(target, target.option(), "--fmad=false", "--std=c++17");
    LOG.debug(
        "{} compiled with NVRTC {} {} in {} ms, {} bytes",
        name,
        version(),
        target.option(),
        (System.nanoTime() - start) / 1_000_000,
        image.length);
    return image;
  }

  private Target target(int architecture) {
    int[] count = new int[1];
    check(nvrtcGetNumSupportedArchs(count), "");
    int[] known = new int[count[0]];
    check(nvrtcGetSupportedArchs(known), "");
    int best = Arrays.stream(known).filter(a -> a <= architecture).max().orElse(0);
    if (best == 0) {
      throw AvocetException.notSupported(
          "NVRTC %s compiles for compute capability %.1f and newer, this GPU has %.1f: install the NVRTC of an older CUDA, or preprocess on the processor (plan mode FUSED with another engine)"
              .formatted(
                  version(), Arrays.stream(known).min().orElse(0) / 10.0, architecture / 10.0));
    }
    return new Target(best, best == architecture);
  }

  private byte[] compile(Target target, String... options) {
    try (PointerScope scope = new PointerScope()) {
      _nvrtcProgram program = new _nvrtcProgram();
      scope.attach(program);
      PointerPointer<BytePointer> none = null;
      check(
          nvrtcCreateProgram(
              program, new BytePointer(source), new BytePointer(name), 0, none, none),
          "");
      try {
        int result = nvrtcCompileProgram(program, options.length, new PointerPointer<>(options));
        String log = log(program);
        check(result, " %s: %s".formatted(String.join(" ", options), log));
        if (!log.isEmpty()) {
          LOG.warn("{} {}: {}", name, target.option(), log);
        }
        return image(program, target.binary());
      } finally {
        nvrtcDestroyProgram(program);
      }
    }
  }

  private String log(_nvrtcProgram program) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      check(nvrtcGetProgramLogSize(program, size), "");
      byte[] log = new byte[Math.toIntExact(size.get())];
      check(nvrtcGetProgramLog(program, log), "");
      // It ends with a zero.
      return log.length <= 1
          ? ""
          : new String(log, 0, log.length - 1, StandardCharsets.UTF_8).strip();
    }
  }

  private byte[] image(_nvrtcProgram program, boolean binary) {
    try (SizeTPointer size = new SizeTPointer(1)) {
      int result = binary ? nvrtcGetCUBINSize(program, size) : nvrtcGetPTXSize(program, size);
      check(result, "");
      byte[] image = new byte[Math.toIntExact(size.get())];
      check(binary ? nvrtcGetCUBIN(program, image) : nvrtcGetPTX(program, image), "");
      return image;
    }
  }

  private static String version() {
    int[] major = new int[1];
    int[] minor = new int[1];
    return nvrtcVersion(major, minor) == NVRTC_SUCCESS ? major[0] + "." + minor[0] : "";
  }

  private void check(int result, String more) {
    if (result != NVRTC_SUCCESS) {
      throw new AvocetException(
          Status.FAIL,
          "CUDA's compiler NVRTC %s does not compile %s (%s)%s"
              .formatted(version(), name, nvrtcGetErrorString(result).getString(), more));
    }
  }
}
