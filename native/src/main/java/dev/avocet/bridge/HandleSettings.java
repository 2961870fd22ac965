package dev.avocet.bridge;

import dev.avocet.HandleBuilder;
import dev.avocet.preprocess.PlanMode;

/** Options of a handle: avocet_options_t. Stateless. */
final class HandleSettings {
  private static final int MAX_ENGINE_OPTIONS = 1024;
  private static final PlanMode[] PLANS = {
    PlanMode.FUSED, PlanMode.ENGINE, PlanMode.PLAIN, PlanMode.REFERENCE
  };

  private HandleSettings() {}

  /**
   * Sets a builder's options.
   *
   * @param options address of the struct; 0: defaults
   */
  static <H> HandleBuilder<H> apply(long options, HandleBuilder<H> builder) {
    if (options == 0) {
      return builder;
    }
    Sized.check("options", options, Layouts.Options.BYTES);
    long device = CMemory.int64(options + Layouts.Options.DEVICE);
    if (device != 0) {
      builder.device(CMemory.text("options.device", device));
    }
    int concurrency = CMemory.int32(options + Layouts.Options.CONCURRENCY);
    builder
        .threads(CMemory.int32(options + Layouts.Options.THREADS))
        .concurrency(concurrency == 0 ? 1 : concurrency)
        .maxBatch(CMemory.int32(options + Layouts.Options.MAX_BATCH))
        .planMode(
            PLANS[
                Arg.range(
                    "options.plan",
                    CMemory.int32(options + Layouts.Options.PLAN),
                    0,
                    PLANS.length - 1)]);
    engineOptions(options, builder);
    return builder;
  }

  private static void engineOptions(long options, HandleBuilder<?> builder) {
    int count =
        Arg.count(
            "options.engine_option_count",
            CMemory.int32(options + Layouts.Options.ENGINE_OPTION_COUNT),
            MAX_ENGINE_OPTIONS);
    if (count == 0) {
      return;
    }
    long at =
        CMemory.need(
            "options.engine_options", CMemory.int64(options + Layouts.Options.ENGINE_OPTIONS));
    for (int i = 0; i < count; i++, at += Layouts.EngineOption.BYTES) {
      String name = "options.engine_options[" + i + "]";
      builder.engineOption(
          CMemory.text(name + ".name", CMemory.int64(at + Layouts.EngineOption.NAME)),
          CMemory.text(name + ".value", CMemory.int64(at + Layouts.EngineOption.VALUE)));
    }
  }
}
