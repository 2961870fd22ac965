package dev.avocet.net.tensorrt;

import dev.avocet.core.Status;
import dev.avocet.core.internal.Attempt;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT in this process: its logger, its runtime, its release. Created on first use and kept for
 * ever. Thread safe.
 */
final class TrtRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(TrtLog.NAME);

  private static final class Holder {
    static final Attempt<TrtRuntime> ATTEMPT = Attempt.of("TensorRT", TrtRuntime::load, LOG);
  }

  private final TrtVersion version;
  private final TrtLog log = new TrtLog();
  private final IRuntime runtime;
  private final Optional<String> nvrtcMissing;

  private TrtRuntime(TrtLibrary library) {
    version = library.version();
    nvrtcMissing = library.nvrtcMissing();
    runtime = create(log, version);
  }

  /**
   * Creates a runtime.
   *
   * @throws dev.avocet.core.AvocetException NOT_SUPPORTED with TensorRT's words
   */
  static IRuntime create(TrtLog log, TrtVersion version) {
    log.clear();
    Pointer made = nvinfer.createInferRuntime_INTERNAL(log, version.number());
    // Where it fails, 10.15 answers an address that is neither null nor an object's.
    if (made == null || made.isNull() || log.failed()) {
      throw log.failure()
          .toException(Status.NOT_SUPPORTED, "TensorRT " + version + " does not start");
    }
    return new IRuntime(made);
  }

  private static TrtRuntime load() {
    return new TrtRuntime(TrtLibrary.load());
  }

  /** Why there is no runtime, or empty. */
  static Optional<String> unavailable() {
    return Holder.ATTEMPT.unavailable();
  }

  /**
   * The runtime.
   *
   * @throws dev.avocet.core.AvocetException NOT_SUPPORTED where there is none
   */
  static TrtRuntime get() {
    return Holder.ATTEMPT.get();
  }

  /** The release that is loaded, for example {@code 10.15.1}. */
  String version() {
    return version.toString();
  }

  /** The release that is loaded, as TensorRT counts it: 101501 for 10.15.1. */
  int versionNumber() {
    return version.number();
  }

  /** What reads engines. */
  IRuntime runtime() {
    return runtime;
  }

  /** The one logger, also for builders and parsers. */
  TrtLog log() {
    return log;
  }

  /** Why nothing can be compiled for the GPU at run time, with what to do; empty where it can. */
  Optional<String> nvrtcMissing() {
    return nvrtcMissing;
  }
}
