package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.net.OpenListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;

/**
 * Builds an engine of a network, which takes seconds to many minutes. In the context that the
 * caller has entered; confined to one thread.
 */
final class TrtBuild {
  private final TrtRuntime runtime;
  private final CudaDevice device;
  private final TrtSource source;
  private final TrtMeta meta;
  private final TrtOptions options;
  private final TrtPhases phases;
  private final Consumer<byte[]> calibrated;

  /**
   * A build that has not begun.
   *
   * @param calibrated takes what a calibration finds
   */
  TrtBuild(
      TrtRuntime runtime,
      CudaDevice device,
      TrtSource source,
      TrtMeta meta,
      TrtOptions options,
      OpenListener listener,
      Consumer<byte[]> calibrated) {
    this.runtime = runtime;
    this.device = device;
    this.source = source;
    this.meta = meta;
    this.options = options;
    this.phases = new TrtPhases(source.name(), listener);
    this.calibrated = calibrated;
  }

  /**
   * Builds it.
   *
   * @return for the caller to close
   * @throws AvocetException CANCELLED where the listener gave up; INVALID_ARG, NOT_SUPPORTED,
   *     OUT_OF_MEMORY or FAIL with TensorRT's words
   */
  TrtPlan run() {
    runtime.log().clear();
    Pointer made = nvinfer.createInferBuilder_INTERNAL(runtime.log(), runtime.versionNumber());
    // Where it fails, the address may be neither null nor an object's: see TrtRuntime.
    if (made == null || made.isNull() || runtime.log().failed()) {
      throw failure(Status.NOT_SUPPORTED, "TensorRT's builder does not start");
    }
    IBuilder builder = new IBuilder(made);
    try (TrtNetwork network = read(builder)) {
      return build(builder, network);
    } finally {
      TrtObjects.free(builder);
    }
  }

  private AvocetException failure(Status status, String context) {
    return runtime.log().failure().toException(status, context);
  }

  private TrtNetwork read(IBuilder builder) {
    String phase = "Reading the network";
    phases.begin(phase, 1);
    phases.check();
    boolean typed =
        options.precision() == TrtPrecision.TYPED || options.precision() == TrtPrecision.FP8;
    TrtNetwork network = TrtNetwork.of(runtime, builder, source, typed);
    if (!typed && network.quantised().contains(TrtTypes.Quantised.SMALLER)) {
      network.close();
      network = TrtNetwork.of(runtime, builder, source, true);
    }
    phases.end(phase);
    return network;
  }

  private TrtPlan build(IBuilder builder, TrtNetwork network) {
    phases.check();
    Map<String, TensorInfo> inputs = network.inputs();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    inputs.forEach((name, input) -> shapes.put(name, input.shape()));
    Map<String, TrtRange> ranges = TrtProfiles.of(shapes, options.ranges(), meta);
    TrtTypes types =
        TrtTypes.of(
            options.precision(),
            network.quantised(),
            options.calibration().isPresent(),
            device.major() * 10 + device.minor());
    try (TrtProgress progress = progress();
        TrtCalibration calibration = calibration(inputs, ranges)) {
      return build(builder, network, types, ranges, progress, calibration);
    }
  }

  private TrtPlan build(
      IBuilder builder,
      TrtNetwork network,
      TrtTypes types,
      Map<String, TrtRange> ranges,
      TrtProgress progress,
      TrtCalibration calibration) {
    Optional<TrtTiming> timing = TrtTiming.of(options, TrtPlace.of(runtime, device));
    IBuilderConfig config = builder.createBuilderConfig();
    if (config == null) {
      throw failure(Status.FAIL, "no configuration can be made");
    }
    ITimingCache measured = null;
    try {
      set(config, builder, types);
      IOptimizationProfile profile = profile(config, builder, ranges);
      config.setProgressMonitor(progress.monitor());
      if (calibration != null) {
        calibrate(config, calibration, profile);
      }
      measured = timing.isPresent() ? timing.get().attach(config, runtime.log()) : null;
      TrtPlan plan = serialised(builder, network, config, progress, calibration);
      if (measured != null) {
        timing.get().save(measured);
      }
      return plan;
    } finally {
      TrtObjects.free(config);
      TrtObjects.free(measured);
    }
  }

  @SuppressWarnings("deprecation") // Every release 10 has it; 11 takes quantisation nodes only.
  private void calibrate(
      IBuilderConfig config, TrtCalibration calibration, IOptimizationProfile profile) {
    config.setInt8Calibrator(calibration.calibrator());
    if (profile != null && !config.setCalibrationProfile(profile)) {
      throw failure(Status.INVALID_ARG, "TensorRT does not calibrate with the profile");
    }
  }

  private TrtPlan serialised(
      IBuilder builder,
      TrtNetwork network,
      IBuilderConfig config,
      TrtProgress progress,
      TrtCalibration calibration) {
    runtime.log().clear();
    IHostMemory memory = builder.buildSerializedNetwork(network.definition(), config);
    TrtPlan plan =
        memory == null
            ? null
            : new TrtPlan(memory.data(), memory.size(), () -> TrtObjects.free(memory));
    try {
      progress.rethrow();
      if (calibration != null) {
        calibration.rethrow();
      }
      phases.check();
      if (plan == null || plan.size() == 0) {
        throw failure(Status.FAIL, "no engine can be built of " + source.name());
      }
      return plan;
    } catch (RuntimeException | Error e) {
      if (plan != null) {
        plan.close();
      }
      throw e;
    }
  }

  private TrtProgress progress() {
    return new TrtProgress() {
      @Override
      void begin(String phase, String parent, int steps) {
        phases.begin(phase, steps);
      }

      @Override
      boolean step(String phase, int step) {
        return phases.step(phase, step);
      }

      @Override
      void end(String phase) {
        phases.end(phase);
      }
    };
  }

  private void set(IBuilderConfig config, IBuilder builder, TrtTypes types) {
    types.on().forEach(flag -> config.setFlag(flag.number));
    if (!types.tf32()) {
      config.clearFlag(nvinfer.BuilderFlag.kTF32.value);
    }
    options
        .workspace()
        .ifPresent(
            bytes -> config.setMemoryPoolLimit(nvinfer.MemoryPoolType.kWORKSPACE.value, bytes));
    options.level().ifPresent(config::setBuilderOptimizationLevel);
    if (options.dla() >= 0) {
      int cores = builder.getNbDLACores();
      if (options.dla() >= cores) {
        throw AvocetException.notSupported(
            "dla=%d: the GPU %s has %d such cores".formatted(options.dla(), device.name(), cores));
      }
      config.setDefaultDeviceType(nvinfer.DeviceType.kDLA.value);
      config.setDLACore(options.dla());
      if (options.gpuFallback()) {
        config.setFlag(nvinfer.BuilderFlag.kGPU_FALLBACK.value);
      }
    }
  }

  /** Null where no input varies; the builder's. */
  private IOptimizationProfile profile(
      IBuilderConfig config, IBuilder builder, Map<String, TrtRange> ranges) {
    if (ranges.isEmpty()) {
      return null;
    }
    IOptimizationProfile profile = builder.createOptimizationProfile();
    boolean done = profile != null;
    for (Map.Entry<String, TrtRange> range : ranges.entrySet()) {
      TrtRange shapes = range.getValue();
      done =
          done
              && extents(profile, range.getKey(), nvinfer.OptProfileSelector.kMIN, shapes.min())
              && extents(profile, range.getKey(), nvinfer.OptProfileSelector.kMAX, shapes.max())
              && extents(profile, range.getKey(), nvinfer.OptProfileSelector.kOPT, shapes.opt());
    }
    if (!done || config.addOptimizationProfile(profile) < 0) {
      throw failure(Status.INVALID_ARG, "TensorRT refuses the profile " + ranges);
    }
    return profile;
  }

  private static boolean extents(
      IOptimizationProfile profile, String input, nvinfer.OptProfileSelector which, Shape shape) {
    try (Dims64 dims = new Dims64()) {
      dims.nbDims(shape.rank());
      for (int axis = 0; axis < shape.rank(); axis++) {
        dims.d(axis, shape.dim(axis));
      }
      return profile.setDimensions(input, which, dims);
    }
  }

  /** Null where there is none to be made. */
  private TrtCalibration calibration(Map<String, TensorInfo> inputs, Map<String, TrtRange> ranges) {
    if (options.calibration().isEmpty()) {
      return null;
    }
    Path path = options.calibration().get();
    List<TensorInfo> batch = new ArrayList<>();
    inputs.forEach(
        (name, input) ->
            batch.add(
                ranges.containsKey(name)
                    ? new TensorInfo(name, input.type(), ranges.get(name).opt())
                    : input));
    Shape first = batch.get(0).shape();
    int size = first.rank() == 0 ? 1 : Math.toIntExact(first.dim(0));
    if (Files.isDirectory(path)) {
      return new TrtCalibration(
          size, TrtTensors.of(path, batch).batches(), Optional.empty(), calibrated);
    }
    try {
      return new TrtCalibration(size, List.of(), Optional.of(Files.readAllBytes(path)), calibrated);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, path + " cannot be read: " + e, e);
    }
  }
}
