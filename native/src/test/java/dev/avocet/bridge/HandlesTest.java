package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HandlesTest {
  private final Handles handles = new Handles();

  /** What a handle stands for. */
  private record Thing() implements AutoCloseable {
    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @Test
  void shouldNeverGiveANumberTwice() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long id = handles.add(1 + i % 13, new Thing(), 0);
      assertThat(id).isPositive();
      assertThat(seen.add(id)).isTrue();
      handles.remove(id, 1 + i % 13);
    }
    assertThat(handles.size()).isZero();
  }

  @Test
  void shouldSayWhatIsWrongWithAHandle() {
    Thing thing = new Thing();
    long id = handles.add(Types.DETECTOR, thing, 0);
    String name = "the handle 0x" + Long.toHexString(id);
    assertThat(handles.get(id, Types.DETECTOR, Thing.class)).isSameAs(thing);
    assertWrong(0, Types.MODEL, "the handle is NULL: a model was expected");
    assertWrong(id, Types.CLASSIFIER, name + " is a detector, a classifier was expected");
    assertWrong(7, Types.MODEL, "the handle 0x7 did not come from this library: a model was");
    assertWrong(-1, Types.MODEL, "the handle 0xffffffffffffffff did not come from this library");
    assertWrong(id + 32, Types.DETECTOR, "did not come from this library");
    handles.remove(id, Types.DETECTOR);
    assertWrong(id, Types.DETECTOR, name + ", a detector, is destroyed already");
    assertWrong(id, Types.MODEL, name + " is a detector, a model was expected");
    assertThatThrownBy(() -> handles.remove(id, Types.DETECTOR)).hasMessageContaining("destroyed");
    assertThatThrownBy(() -> handles.type(id)).hasMessageContaining("destroyed already");
    assertThatThrownBy(() -> handles.type(0))
        .hasMessage("the handle is NULL: a handle was expected");
  }

  private void assertWrong(long id, int type, String message) {
    assertThatThrownBy(() -> handles.get(id, type, Thing.class))
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith("the handle")
        .hasMessageContaining(message);
  }

  @Test
  void shouldEndHandlesWithTheirOwner() {
    long owner = handles.add(Types.POSE_TRACKER, new Thing(), 0);
    long first = handles.add(Types.TRACKER_STATE, new Thing(), owner);
    long second = handles.add(Types.TRACKER_STATE, new Thing(), owner);
    handles.remove(first, Types.TRACKER_STATE);
    assertThat(handles.size()).isEqualTo(2);
    handles.remove(owner, Types.POSE_TRACKER);
    assertThat(handles.size()).isZero();
    assertWrong(second, Types.TRACKER_STATE, "is destroyed already");
    assertThatThrownBy(() -> handles.add(Types.TRACKER_STATE, new Thing(), owner))
        .hasMessageContaining("a pose tracker, is destroyed already");
    assertThat(handles.size()).isZero();
  }
}
