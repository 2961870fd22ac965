package dev.avocet.bridge;

import dev.avocet.CallOptions;
import dev.avocet.ClassifyOptions;
import dev.avocet.DetectOptions;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Rect;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of a call: avocet_call_options_t, as the Java handles take them. A field that the task
 * has no use for must have its default.
 *
 * @param address of the struct; 0: defaults
 */
record CallFields(long address) {
  private static final String NAME = "options";
  private static final int MAX_CLASSES = 1 << 16;

  /** A deadline that Java cannot count in nanoseconds is none. */
  private static final long MAX_DEADLINE_US = Long.MAX_VALUE / 1000;

  /** Checks the struct's size. */
  CallFields {
    if (address != 0) {
      Sized.check(NAME, address, Layouts.CallOptions.BYTES);
    }
  }

  /** For tasks that use region and deadline alone. */
  CallOptions plain() {
    if (address == 0) {
      return CallOptions.DEFAULT;
    }
    refuseTopK();
    refuseThreshold();
    refuseClasses();
    return new CallOptions(region(), deadline());
  }

  /** For tasks that name classes. */
  ClassifyOptions classify() {
    if (address == 0) {
      return ClassifyOptions.DEFAULT;
    }
    refuseThreshold();
    refuseClasses();
    int topK = topK();
    if (topK < 0) {
      throw AvocetException.invalidArgument(
          "options.top_k=%d: expected 1 or more, or 0 for the model's number".formatted(topK));
    }
    return new ClassifyOptions(
        topK == 0 ? OptionalInt.empty() : OptionalInt.of(topK), region(), deadline());
  }

  /** For tasks that find objects of classes. */
  DetectOptions detect() {
    if (address == 0) {
      return DetectOptions.DEFAULT;
    }
    refuseTopK();
    return new DetectOptions(region(), threshold(), classes(), deadline());
  }

  /** For tasks that find objects of one class. */
  DetectOptions detectOneClass() {
    if (address != 0) {
      refuseClasses();
    }
    return detect();
  }

  private int int32(int field) {
    return CMemory.int32(address + field);
  }

  private int topK() {
    return int32(Layouts.CallOptions.TOP_K);
  }

  private void refuseTopK() {
    if (topK() != 0) {
      throw unused("top_k=" + topK());
    }
  }

  private float rawThreshold() {
    return CMemory.float32(address + Layouts.CallOptions.SCORE_THRESHOLD);
  }

  private void refuseThreshold() {
    if (!(rawThreshold() < 0)) {
      throw unused("score_threshold=" + rawThreshold());
    }
  }

  private OptionalDouble threshold() {
    float threshold = rawThreshold();
    if (!(threshold <= 1)) {
      throw AvocetException.invalidArgument(
          "options.score_threshold=%s: expected 0 to 1, or a negative number for the model's"
              .formatted(threshold));
    }
    return threshold < 0 ? OptionalDouble.empty() : OptionalDouble.of(threshold);
  }

  private int classCount() {
    return Arg.count("options.class_count", int32(Layouts.CallOptions.CLASS_COUNT), MAX_CLASSES);
  }

  private void refuseClasses() {
    if (classCount() != 0) {
      throw unused("class_count=" + classCount());
    }
  }

  private Set<Integer> classes() {
    int count = classCount();
    if (count == 0) {
      return Set.of();
    }
    long at = CMemory.need("options.classes", CMemory.int64(address + Layouts.CallOptions.CLASSES));
    Set<Integer> classes = new HashSet<>();
    for (int i = 0; i < count; i++) {
      classes.add(CMemory.int32(at + (long) i * Layouts.INT32));
    }
    return classes;
  }

  private Optional<Rect> region() {
    int width = int32(Layouts.CallOptions.REGION_WIDTH);
    return width == 0
        ? Optional.empty()
        : Optional.of(
            new Rect(
                int32(Layouts.CallOptions.REGION_X),
                int32(Layouts.CallOptions.REGION_Y),
                width,
                int32(Layouts.CallOptions.REGION_HEIGHT)));
  }

  private Optional<Duration> deadline() {
    long micros = CMemory.int64(address + Layouts.CallOptions.DEADLINE_US);
    return micros < 0 || micros > MAX_DEADLINE_US
        ? Optional.empty()
        : Optional.of(Duration.of(micros, ChronoUnit.MICROS));
  }

  private static AvocetException unused(String field) {
    return AvocetException.invalidArgument(
        "options.%s: this task has no use for it, leave it as avocet_call_options_init sets it"
            .formatted(field));
  }
}
