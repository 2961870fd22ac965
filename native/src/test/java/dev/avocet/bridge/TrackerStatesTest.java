package dev.avocet.bridge;

import static dev.avocet.core.Status.INVALID_ARG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.testing.SharedFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States of a pose tracker. */
class TrackerStatesTest {
  private final CStructs c = new CStructs();
  private long tracker;

  @BeforeEach
  void open() {
    Path people = SharedFolder.resolve("conformance/cases/tracker-people");
    long source = c.pathSource(people.resolve("detector"));
    CStructs.int64(source + Layouts.Source.POSE_PATH, c.text(people.resolve("model").toString()));
    tracker = c.create(Types.POSE_TRACKER, source, 0);
  }

  @AfterEach
  void close() {
    c.close();
  }

  private long handles() {
    long counts = c.int64s(0, 0);
    c.check(Bridge.ask(Questions.LIVE, 0, counts, 0, c.error()));
    return CMemory.int64(counts);
  }

  @Test
  void shouldEndWithTheirTracker() {
    long before = handles();
    for (int i = 0; i < 2_000; i++) {
      long state = c.create(Types.TRACKER_STATE, c.parentSource(tracker), 0);
      if (i % 2 == 0) {
        c.destroy(Types.TRACKER_STATE, state);
      }
    }
    assertThat(handles()).isEqualTo(before + 1_000);
    long state = c.create(Types.TRACKER_STATE, c.parentSource(tracker), 0);
    c.destroy(Types.POSE_TRACKER, tracker);
    assertThat(handles()).isEqualTo(before - 1);
    Called.destroy(c, INVALID_ARG, Types.TRACKER_STATE, state)
        .endsWith("a pose tracker's state, is destroyed already");
    Called.create(c, INVALID_ARG, Types.TRACKER_STATE, c.parentSource(tracker), 0)
        .endsWith("a pose tracker, is destroyed already");
  }

  @Test
  void shouldCheckStatesModesAndParameters() {
    long state = c.create(Types.TRACKER_STATE, c.parentSource(tracker), 0);
    try (Image frame = Parcels.picture()) {
      long input = c.input(c.images(frame, frame), 2, 0);
      Called.apply(c, INVALID_ARG, Types.POSE_TRACKER, tracker, input).startsWith("states=NULL");
      CStructs.int64(input + Layouts.Input.STATES, c.int64s(state, tracker));
      Called.apply(c, INVALID_ARG, Types.POSE_TRACKER, tracker, input)
          .endsWith("is a pose tracker, a pose tracker's state was expected");
      CStructs.int64(input + Layouts.Input.STATES, c.int64s(state, state));
      Called.apply(c, INVALID_ARG, Types.POSE_TRACKER, tracker, input).contains("there twice");
      long other = c.create(Types.TRACKER_STATE, c.parentSource(tracker), 0);
      CStructs.int64(input + Layouts.Input.STATES, c.int64s(state, other));
      CStructs.int64(input + Layouts.Input.MODES, c.int32s(-1, 2));
      Called.apply(c, INVALID_ARG, Types.POSE_TRACKER, tracker, input)
          .isEqualTo("modes[1]=2: expected -1 to 1");
      CStructs.int64(input + Layouts.Input.MODES, c.int32s(1, 0));
      c.release(Types.POSE_TRACKER, c.apply(Types.POSE_TRACKER, tracker, input));
    }
    Called.create(c, INVALID_ARG, Types.TRACKER_STATE, stateSource(Float.NaN), 0)
        .startsWith("detectionThreshold=NaN: expected 0.0 to 1.0");
    Called.create(c, INVALID_ARG, Types.TRACKER_STATE, c.parentSource(0), 0)
        .isEqualTo("the handle is NULL: a pose tracker was expected");
    c.destroy(Types.POSE_TRACKER, tracker);
  }

  private long stateSource(float threshold) {
    long params = c.zeros(Layouts.TrackerParams.BYTES);
    CStructs.int32(params, Layouts.TrackerParams.BYTES);
    CStructs.float32(params + Layouts.TrackerParams.DETECTION_THRESHOLD, threshold);
    long source = c.parentSource(tracker);
    CStructs.int64(source + Layouts.Source.PARAMS, params);
    return source;
  }
}
