package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.OnnxOperators;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCUDAProviderOptionsV2;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.OrtTensorRTProviderOptionsV2;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions: turns options and a network's file into ONNX Runtime's calls. For one thread. */
final class OrtSessions {
  private static final Logger LOG = LoggerFactory.getLogger("dev.avocet.net.onnxruntime");

  private final OrtRuntime runtime;
  private final OrtOptions options;
  private final List<String> used = new ArrayList<>();

  OrtSessions(OrtRuntime runtime, OrtOptions options) {
    this.runtime = runtime;
    this.options = options;
  }

  /** Where a network comes from: {@code path} if there is one, else {@code bytes}. */
  record Source(String name, Path path, ByteBuffer bytes) {
    /** The file's bytes, or none where they cannot be read or mapped. */
    ByteBuffer content() {
      if (bytes != null) {
        return bytes;
      }
      try (FileChannel channel = FileChannel.open(path)) {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      } catch (IOException | IllegalArgumentException e) {
        return ByteBuffer.allocate(0);
      }
    }
  }

  /**
   * A new session; the caller releases it.
   *
   * @throws AvocetException NOT_SUPPORTED where an operator is not known, FAIL where the file is
   *     damaged
   */
  OrtSession open(Source source) {
    return open(source, options.level(), null);
  }

  /** As {@link #open}, writing the optimised network to a file as well. */
  OrtSession openAndSave(Source source, Path optimized) {
    return open(source, options.level(), optimized);
  }

  /** Short names of the providers that the last session has. */
  List<String> providers() {
    return List.copyOf(used);
  }

  /** Frees a session. */
  void release(OrtSession session) {
    runtime.api.ReleaseSession(session);
  }

  /** As {@link #open(Source)}, at another level, and writing the optimised network somewhere. */
  OrtSession open(Source source, int level, Path optimized) {
    OrtSessionOptions settings = new OrtSessionOptions();
    runtime.check(runtime.api.CreateSessionOptions(settings));
    try {
      configure(settings, level, optimized);
      OrtSession session = new OrtSession();
      OrtStatus status;
      if (source.path() != null) {
        try (BytePointer path = text(source.path())) {
          status = runtime.api.CreateSession(runtime.env, path, settings, session);
        }
      } else {
        try (BytePointer bytes = new BytePointer(source.bytes().array())) {
          status =
              runtime.api.CreateSessionFromArray(
                  runtime.env, bytes, source.bytes().capacity(), settings, session);
        }
      }
      if (status != null) {
        throw refusal(source, runtime.failure(status));
      }
      return session;
    } finally {
      runtime.api.ReleaseSessionOptions(settings);
    }
  }

  private void configure(OrtSessionOptions settings, int level, Path optimized) {
    runtime.check(runtime.api.SetIntraOpNumThreads(settings, options.threads()));
    runtime.check(runtime.api.SetInterOpNumThreads(settings, 1));
    runtime.check(runtime.api.SetSessionGraphOptimizationLevel(settings, level));
    String spin = Integer.toString(options.spinMicros());
    entry(settings, "session.intra_op.allow_spinning", spin.equals("0") ? "0" : "1");
    entry(settings, "session.intra_op.spin_duration_us", spin);
    // Threads that keep spinning between two runs take the processor from the rest of the box.
    entry(settings, "session.force_spinning_stop", "1");
    if (optimized != null) {
      entry(settings, "session.save_model_format", "ONNX");
      try (BytePointer path = text(optimized)) {
        runtime.check(runtime.api.SetOptimizedModelFilePath(settings, path));
      }
    }
    used.clear();
    for (String provider : options.providers()) {
      append(settings, provider);
    }
    options.customOps().ifPresent(library -> register(settings, library));
  }

  private void entry(OrtSessionOptions settings, String key, String value) {
    runtime.check(runtime.api.AddSessionConfigEntry(settings, key, value));
  }

  /** Adds a provider, or leaves it out where that was asked for. */
  private void append(OrtSessionOptions settings, String provider) {
    try {
      switch (provider) {
        case "cpu" -> {
          // The processor is always there, as the last.
        }
        case "cuda" -> appendCuda(settings);
        case "tensorrt" -> appendTensorRt(settings);
        default -> appendByName(settings, provider);
      }
      used.add(provider);
    } catch (AvocetException e) {
      if (!options.fallback() || e.status() != Status.NOT_SUPPORTED) {
        throw e;
      }
      LOG.warn("left out: {}", e.getMessage());
    }
  }

  private void appendByName(OrtSessionOptions settings, String provider) {
    try (BytePointer name = new BytePointer(provider.toUpperCase(Locale.ROOT));
        PointerPointer<BytePointer> none = new PointerPointer<>(1)) {
      deviceCheck(
          runtime.api.SessionOptionsAppendExecutionProvider(settings, name, none, none, 0),
          provider);
    }
  }

  private void appendCuda(OrtSessionOptions settings) {
    OrtCUDAProviderOptionsV2 cuda = new OrtCUDAProviderOptionsV2();
    deviceCheck(runtime.api.CreateCUDAProviderOptions(cuda), "cuda");
    try {
      withTexts(
          options.gpu().cuda(),
          (keys, values, count) ->
              deviceCheck(
                  runtime.api.UpdateCUDAProviderOptions(cuda, keys, values, count), "cuda"));
      deviceCheck(
          runtime.api.SessionOptionsAppendExecutionProvider_CUDA_V2(settings, cuda), "cuda");
    } finally {
      runtime.api.ReleaseCUDAProviderOptions().call(cuda);
    }
  }

  private void appendTensorRt(OrtSessionOptions settings) {
    OrtTensorRTProviderOptionsV2 tensorrt = new OrtTensorRTProviderOptionsV2();
    deviceCheck(runtime.api.CreateTensorRTProviderOptions(tensorrt), "tensorrt");
    try {
      withTexts(
          options.gpu().tensorrt(),
          (keys, values, count) ->
              deviceCheck(
                  runtime.api.UpdateTensorRTProviderOptions(tensorrt, keys, values, count),
                  "tensorrt"));
      deviceCheck(
          runtime.api.SessionOptionsAppendExecutionProvider_TensorRT_V2(settings, tensorrt),
          "tensorrt");
    } finally {
      runtime.api.ReleaseTensorRTProviderOptions().call(tensorrt);
    }
  }

  @FunctionalInterface
  private interface TextsUser {
    void use(PointerPointer<BytePointer> keys, PointerPointer<BytePointer> values, long count);
  }

  /** Hands out keys and values as C strings. */
  private static void withTexts(Map<String, String> map, TextsUser user) {
    BytePointer[] keys = new BytePointer[map.size()];
    BytePointer[] values = new BytePointer[map.size()];
    int count = 0;
    for (Map.Entry<String, String> entry : map.entrySet()) {
      keys[count] = new BytePointer(entry.getKey(), StandardCharsets.UTF_8);
      values[count] = new BytePointer(entry.getValue(), StandardCharsets.UTF_8);
      count++;
    }
    try (PointerPointer<BytePointer> k = new PointerPointer<>(keys);
        PointerPointer<BytePointer> v = new PointerPointer<>(values)) {
      user.use(k, v, count);
    } finally {
      for (int i = 0; i < count; i++) {
        keys[i].close();
        values[i].close();
      }
    }
  }

  private void deviceCheck(OrtStatus status, String provider) {
    if (status != null) {
      OrtFailure failure = runtime.failure(status);
      String context =
          "provider \"%s\" of ONNX Runtime %s cannot be used"
              .formatted(provider, runtime.version());
      throw failure.badOption()
          ? failure.toException(Status.INVALID_ARG, context)
          : failure
              .advised(GpuLibraries.advice(failure.text()))
              .toException(Status.NOT_SUPPORTED, context);
    }
  }

  private void register(OrtSessionOptions settings, Path library) {
    try (BytePointer path = text(library)) {
      OrtStatus status = runtime.api.RegisterCustomOpsLibrary_V2(settings, path);
      if (status != null) {
        throw runtime
            .failure(status)
            .toException(
                Status.INVALID_ARG, "custom_ops_library=" + library + " cannot be registered");
      }
    }
  }

  private AvocetException refusal(Source source, OrtFailure failure) {
    if (failure.unknownOperator().isPresent()) {
      String operator = failure.unknownOperator().get();
      SortedSet<String> all =
          OnnxOperators.of(source.content(), operator.substring(0, operator.indexOf(':')));
      return failure.toException(
          Status.NOT_SUPPORTED,
          "%s uses the %s, which ONNX Runtime %s does not have; name the library that has %s by the option custom_ops_library=PATH"
              .formatted(
                  source.name(),
                  all.size() > 1 ? "operators " + String.join(", ", all) : "operator " + operator,
                  runtime.version(),
                  all.size() > 1 ? "them" : "it"));
    }
    return failure.toException(
        failure.notImplemented() ? Status.NOT_SUPPORTED : Status.FAIL,
        source.name() + " is not a network that ONNX Runtime " + runtime.version() + " can run");
  }

  private static BytePointer text(Path path) {
    return new BytePointer(path.toString(), StandardCharsets.UTF_8);
  }
}
