package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.CallOptions;
import dev.avocet.ClassifyOptions;
import dev.avocet.DetectOptions;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Rect;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallFieldsTest {
  private final CStructs c = new CStructs();
  private final long options = c.callOptions();
  private final CallFields fields = new CallFields(options);

  @AfterEach
  void close() {
    c.close();
  }

  private static void assertUnused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(AvocetException.class)
        .hasMessage(
            "options.%s: this task has no use for it, leave it as avocet_call_options_init sets it",
            field);
  }

  @Test
  void shouldTakeDefaultsForDefaults() {
    for (CallFields defaults : new CallFields[] {fields, new CallFields(0)}) {
      assertThat(defaults.plain()).isEqualTo(CallOptions.DEFAULT);
      assertThat(defaults.classify()).isEqualTo(ClassifyOptions.DEFAULT);
      assertThat(defaults.detect()).isEqualTo(DetectOptions.DEFAULT);
      assertThat(defaults.detectOneClass()).isEqualTo(DetectOptions.DEFAULT);
    }
  }

  @Test
  void shouldTakeRegionAndDeadlineForEveryTask() {
    CStructs.int32(options + Layouts.CallOptions.REGION_X, -1);
    CStructs.int32(options + Layouts.CallOptions.REGION_Y, 2);
    CStructs.int32(options + Layouts.CallOptions.REGION_WIDTH, 3);
    CStructs.int32(options + Layouts.CallOptions.REGION_HEIGHT, 4);
    CStructs.int64(options + Layouts.CallOptions.DEADLINE_US, 1500);
    Rect region = new Rect(-1, 2, 3, 4);
    Duration deadline = Duration.ofNanos(1_500_000);
    assertThat(fields.plain())
        .isEqualTo(CallOptions.DEFAULT.withRegion(region).withDeadline(deadline));
    assertThat(fields.classify())
        .isEqualTo(ClassifyOptions.DEFAULT.withRegion(region).withDeadline(deadline));
    assertThat(fields.detectOneClass())
        .isEqualTo(DetectOptions.DEFAULT.withRegion(region).withDeadline(deadline));
  }

  @Test
  void shouldRefuseWhatATaskHasNoUseFor() {
    CStructs.int32(options + Layouts.CallOptions.TOP_K, 3);
    assertThat(fields.classify()).isEqualTo(ClassifyOptions.DEFAULT.withTopK(3));
    assertUnused("top_k=3", fields::plain);
    assertUnused("top_k=3", fields::detect);
    CStructs.int32(options + Layouts.CallOptions.TOP_K, -3);
    assertThatThrownBy(fields::classify).hasMessageStartingWith("options.top_k=-3: expected 1");
    CStructs.int32(options + Layouts.CallOptions.TOP_K, 0);
    CStructs.float32(options + Layouts.CallOptions.SCORE_THRESHOLD, 0.5f);
    assertThat(fields.detectOneClass()).isEqualTo(DetectOptions.DEFAULT.withScoreThreshold(0.5));
    assertUnused("score_threshold=0.5", fields::plain);
    assertUnused("score_threshold=0.5", fields::classify);
    CStructs.float32(options + Layouts.CallOptions.SCORE_THRESHOLD, Float.NaN);
    assertUnused("score_threshold=NaN", fields::plain);
    CStructs.float32(options + Layouts.CallOptions.SCORE_THRESHOLD, -1);
    CStructs.int32(options + Layouts.CallOptions.CLASS_COUNT, 1);
    CStructs.int64(options + Layouts.CallOptions.CLASSES, c.int32s(7));
    assertThat(fields.detect().classes()).containsExactly(7);
    assertUnused("class_count=1", fields::detectOneClass);
    assertUnused("class_count=1", fields::plain);
    assertUnused("class_count=1", fields::classify);
  }
}
