package dev.avocet.net.onnxruntime;

import static org.bytedeco.onnxruntime.global.onnxruntime.GetApi;
import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_API_VERSION;
import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_LOGGING_LEVEL_ERROR;
import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_LOGGING_LEVEL_INFO;
import static org.bytedeco.onnxruntime.global.onnxruntime.ORT_LOGGING_LEVEL_WARNING;
import static org.bytedeco.onnxruntime.global.onnxruntime.OrtDeviceAllocator;
import static org.bytedeco.onnxruntime.global.onnxruntime.OrtGetApiBase;
import static org.bytedeco.onnxruntime.global.onnxruntime.OrtMemTypeDefault;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtAllocator;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtMemoryInfo;
import org.bytedeco.onnxruntime.OrtStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime in this process: its C API, its one environment and what it was built with. Created
 * on first use and kept for ever. Thread safe.
 */
final class OrtRuntime {
  private static final Logger LOG = LoggerFactory.getLogger("dev.avocet.net.onnxruntime");

  private static final class Holder {
    static final Attempt<OrtRuntime> ATTEMPT = Attempt.of("ONNX Runtime", OrtRuntime::load, LOG);
  }

  final OrtApi api;
  private final OrtApi.GetErrorCode_OrtStatus errorCode;
  private final OrtApi.GetErrorMessage_OrtStatus errorMessage;
  final OrtEnv env = new OrtEnv();
  final OrtAllocator allocator = new OrtAllocator((Pointer) null);
  final OrtMemoryInfo cpuMemory = new OrtMemoryInfo();
  private final Path folder;
  private final String version;
  private final Set<String> providers;
  // ONNX Runtime calls it as long as the environment lives.
  private final OrtLog log = new OrtLog(LOG);

  private OrtRuntime(Path folder) {
    this.folder = folder;
    version = OrtGetApiBase().GetVersionString().call().getString();
    api = GetApi();
    if (api == null || api.isNull()) {
      throw new UnsatisfiedLinkError(
          "release %s is too old, 1.%d or later is needed".formatted(version, ORT_API_VERSION));
    }
    errorCode = api.GetErrorCode();
    errorMessage = api.GetErrorMessage();
    int level =
        LOG.isTraceEnabled()
            ? ORT_LOGGING_LEVEL_INFO
            : LOG.isDebugEnabled() ? ORT_LOGGING_LEVEL_WARNING : ORT_LOGGING_LEVEL_ERROR;
    check(api.CreateEnvWithCustomLogger(log, null, level, "avocet", env));
    check(api.DisableTelemetryEvents(env));
    check(api.GetAllocatorWithDefaultOptions(allocator));
    check(api.CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, cpuMemory));
    providers = Set.copyOf(listProviders());
  }

  private static OrtRuntime load() {
    return new OrtRuntime(OrtLibrary.load());
  }

  /** Why there is no runtime, or empty. */
  static Optional<String> unavailable() {
    return Holder.ATTEMPT.unavailable();
  }

  /**
   * The runtime.
   *
   * @throws AvocetException NOT_SUPPORTED where there is none
   */
  static OrtRuntime get() {
    return Holder.ATTEMPT.get();
  }

  /** Release of the native library. */
  String version() {
    return version;
  }

  /** Names of the execution providers that are compiled in, in ONNX Runtime's words. */
  Set<String> providers() {
    return providers;
  }

  /** Whether the library of a provider, which is loaded when it is first used, is there. */
  boolean hasLibrary(String provider) {
    return Files.isRegularFile(folder.resolve("libonnxruntime_providers_" + provider + ".so"));
  }

  private Set<String> listProviders() {
    // The call sets the address of this very object.
    PointerPointer<BytePointer> names = new PointerPointer<>((Pointer) null);
    try (IntPointer count = new IntPointer(1)) {
      check(api.GetAvailableProviders(names, count));
      Set<String> found = new LinkedHashSet<>();
      for (int i = 0; i < count.get(); i++) {
        found.add(names.get(BytePointer.class, i).getString());
      }
      check(api.ReleaseAvailableProviders(names, count.get()));
      return found;
    }
  }

  /** Throws FAIL where a call that cannot fail in ordinary use did. */
  void check(OrtStatus status) {
    if (status != null) {
      throw failure(status).toException(Status.FAIL, "ONNX Runtime");
    }
  }

  /** Takes the words out of a status and frees it. */
  OrtFailure failure(OrtStatus status) {
    int code = errorCode.call(status);
    String text = errorMessage.call(status).getString();
    api.ReleaseStatus(status);
    return OrtFailure.of(code, text);
  }
}
