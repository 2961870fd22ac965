package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.OpenListener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens engines: reads them, takes them from the cache, or builds them. */
final class TrtEngines {
  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);
  private static final String NETWORK = ".onnx";

  private TrtEngines() {}

  /**
   * The engine of a file, in the context that the caller has entered.
   *
   * @param file an engine ({@code .engine}, {@code .plan}) or a network ({@code .onnx})
   * @return for the caller to free
   * @throws AvocetException FILE_NOT_FOUND; NOT_SUPPORTED where the engine is for another TensorRT
   *     or GPU, or the network cannot be built as the options want it; INVALID_ARG where options do
   *     not fit the network; CANCELLED where the listener gave up; OUT_OF_MEMORY; FAIL
   */
  static ICudaEngine open(
      TrtRuntime runtime,
      CudaContext context,
      ModelFiles files,
      String file,
      TrtOptions options,
      OpenListener listener) {
    TrtPlace place = TrtPlace.of(runtime, context.device);
    try (TrtSource source = TrtSource.of(files, file)) {
      if (file.toLowerCase(Locale.ROOT).endsWith(NETWORK)) {
        return ofNetwork(
            runtime, context.device, source, TrtMeta.of(files, file), options, listener);
      }
      try (BytePointer data = new BytePointer(source.content().bytes())) {
        TrtPlan plan = new TrtPlan(data, source.content().byteSize(), () -> {});
        return deserialise(runtime, plan, options)
            .orElseThrow(
                () ->
                    TrtRefusal.of(
                        source.name(), runtime.log().failure(), place, beside(files, file)));
      }
    }
  }

  /** The network that an engine was probably built of. */
  private static Optional<String> beside(ModelFiles files, String file) {
    String network = file.substring(0, file.lastIndexOf('.') + 1) + NETWORK.substring(1);
    return Optional.of(network).filter(files::has);
  }

  private static ICudaEngine ofNetwork(
      TrtRuntime runtime,
      CudaDevice device,
      TrtSource source,
      TrtMeta meta,
      TrtOptions options,
      OpenListener listener) {
    TrtPlace place = TrtPlace.of(runtime, device);
    Optional<TrtCache> cache = TrtCache.of(source, meta, options, place);
    Optional<TrtPlan> kept = cache.flatMap(TrtCache::find);
    String why = cache.map(TrtEngines::others).orElse("");
    if (kept.isPresent()) {
      try (TrtPlan plan = kept.get()) {
        Optional<ICudaEngine> engine = deserialise(runtime, plan, options);
        if (engine.isPresent()) {
          return engine.get();
        }
        why = ", for the one that is kept is refused: " + runtime.log().failure().text();
      }
    }
    LOG.info(
        "{} is built for {}{}; this takes minutes on a small board", source.name(), place, why);
    TrtBuild build =
        new TrtBuild(
            runtime,
            device,
            source,
            meta,
            options,
            listener,
            table -> cache.ifPresent(folder -> folder.keepCalibration(table)));
    try (TrtPlan plan = build.run()) {
      ICudaEngine engine =
          deserialise(runtime, plan, options)
              .orElseThrow(
                  () ->
                      TrtRefusal.of(
                          source.name(), runtime.log().failure(), place, Optional.empty()));
      cache.ifPresent(folder -> folder.keep(plan.data(), plan.size()));
      return engine;
    }
  }

  private static String others(TrtCache cache) {
    List<String> others = cache.others();
    return others.isEmpty() ? "" : ", for what is kept is for " + String.join(" and ", others);
  }

  /** Empty where TensorRT refuses it; the log has why. */
  private static Optional<ICudaEngine> deserialise(
      TrtRuntime runtime, TrtPlan plan, TrtOptions options) {
    // The core is the runtime's, which everybody shares.
    synchronized (runtime) {
      runtime.log().clear();
      if (options.dla() >= 0) {
        runtime.runtime().setDLACore(options.dla());
      }
      return Optional.ofNullable(runtime.runtime().deserializeCudaEngine(plan.data(), plan.size()));
    }
  }
}
