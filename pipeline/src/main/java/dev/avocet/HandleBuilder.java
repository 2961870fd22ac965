package dev.avocet;

import dev.avocet.core.Device;
import dev.avocet.core.model.Model;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.OpenListener;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.PlanMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Options of a handle, all with defaults that suit one caller on one box.
 *
 * <pre>{@code
 * Detector.builder(Path.of("models/parcels")).device("cpu").concurrency(2).open();
 * }</pre>
 *
 * <p>Confined to one thread.
 *
 * @param <H> the handle
 */
public final class HandleBuilder<H> {
  private final Function<HandleOptions, H> create;
  private final Map<String, String> engineOptions = new HashMap<>();
  private Device device = Device.CPU;
  private int threads;
  private int concurrency = 1;
  private int maxBatch;
  private Duration batchDelay = Duration.ZERO;
  private int queueCapacity = 64;
  private PlanMode planMode = PlanMode.FUSED;
  private OpenListener listener = OpenListener.NONE;

  private HandleBuilder(Function<HandleOptions, H> create) {
    this.create = create;
  }

  /** For what is opened with these options and nothing else. */
  static <H> HandleBuilder<H> of(Function<HandleOptions, H> create) {
    return new HandleBuilder<>(create);
  }

  /** For a model folder or zip file, which is opened and closed again by {@link #open}. */
  static <H> HandleBuilder<H> of(Path model, BiFunction<Model, HandleOptions, H> create) {
    return new HandleBuilder<>(
        options -> {
          try (Model opened = Model.open(model)) {
            return create.apply(opened, options);
          }
        });
  }

  /** For a model that is open already and stays so. */
  static <H> HandleBuilder<H> of(Model model, BiFunction<Model, HandleOptions, H> create) {
    return new HandleBuilder<>(options -> create.apply(model, options));
  }

  /** Where to run, as {@link Device#parse} reads it; {@code cpu} by default. */
  public HandleBuilder<H> device(String device) {
    return device(Device.parse(device));
  }

  /** Where to run. */
  public HandleBuilder<H> device(Device device) {
    this.device = device;
    return this;
  }

  /** Processor threads for one call; 0, the default, means all that this process may use. */
  public HandleBuilder<H> threads(int threads) {
    this.threads = threads;
    return this;
  }

  /** An option of the engine; its module's README lists them. */
  public HandleBuilder<H> engineOption(String name, String value) {
    engineOptions.put(name, value);
    return this;
  }

  /** How many calls may run side by side, each with buffers of its own; 1 by default. */
  public HandleBuilder<H> concurrency(int slots) {
    concurrency = slots;
    return this;
  }

  /** Most pictures in one run of the network; 0, the default, leaves it to the model. */
  public HandleBuilder<H> maxBatch(int pictures) {
    maxBatch = pictures;
    return this;
  }

  /**
   * How long a submitted call waits for others to share a run with; not at all by default, nor
   * while the queue is full.
   */
  public HandleBuilder<H> batchDelay(Duration delay) {
    batchDelay = delay;
    return this;
  }

  /** How many submitted calls may wait before the next is refused with BUSY; 64 by default. */
  public HandleBuilder<H> queueCapacity(int calls) {
    queueCapacity = calls;
    return this;
  }

  /**
   * How preprocessing runs; fused by default, which leaves it to the engine where that is expected
   * to be faster. The others serve to compare.
   */
  public HandleBuilder<H> planMode(PlanMode mode) {
    planMode = mode;
    return this;
  }

  /** Who hears of an opening that takes long, and may give it up; nobody by default. */
  public HandleBuilder<H> listener(OpenListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Opens the handle: reads the model, opens its network and allocates every slot.
   *
   * @throws dev.avocet.core.AvocetException as {@link Model#open}; NOT_SUPPORTED where the model
   *     has another task, or a part that is not supported; INVALID_ARG for wrong options; FAIL
   *     where the engine refuses the network; CANCELLED where the listener gave it up
   */
  public H open() {
    return create.apply(
        new HandleOptions(
            device,
            new NetOptions(threads, concurrency, engineOptions, listener),
            maxBatch,
            batchDelay,
            queueCapacity,
            planMode));
  }
}
