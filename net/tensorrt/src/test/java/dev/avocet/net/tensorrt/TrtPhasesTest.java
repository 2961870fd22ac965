package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrtPhasesTest {
  private final List<String> heard = new ArrayList<>();

  private TrtPhases phases(String last) {
    return new TrtPhases(
        "x.onnx",
        (phase, done, steps) -> {
          heard.add("%s %d/%d".formatted(phase, done, steps));
          return !heard.get(heard.size() - 1).equals(last);
        });
  }

  @Test
  void shouldTellPhasesWithinPhases() {
    TrtPhases phases = phases("");
    phases.begin("build", 2);
    phases.begin("tactics", 3);
    assertThat(phases.step("tactics", 0)).isTrue();
    assertThat(phases.step("tactics", 1)).isTrue();
    phases.end("tactics");
    assertThat(phases.step("build", 0)).isTrue();
    phases.end("build");

    assertThat(heard)
        .containsExactly(
            "build 0/2",
            "tactics 0/3",
            "tactics 1/3",
            "tactics 2/3",
            "tactics 3/3",
            "build 1/2",
            "build 2/2");
    assertThatCode(phases::check).doesNotThrowAnyException();
  }

  @Test
  void shouldGiveUpForGoodWhenTheListenerDoes() {
    TrtPhases phases = phases("tactics 1/3");
    phases.begin("tactics", 3);
    assertThat(phases.step("tactics", 0)).isFalse();
    assertThat(phases.step("tactics", 1)).isFalse();
    phases.end("tactics");

    assertThat(heard).as("nothing after it gave up").containsExactly("tactics 0/3", "tactics 1/3");
    AvocetException e = assertThrows(AvocetException.class, phases::check);
    assertThat(e.status()).isEqualTo(Status.CANCELLED);
    assertThat(e).hasMessage("opening x.onnx was given up");
  }

  @Test
  void shouldGiveUpAtTheNextStepWhenTheListenerDoesAtTheBeginning() {
    TrtPhases phases = phases("tactics 0/3");
    phases.begin("tactics", 3);

    assertThat(phases.step("tactics", 0)).isFalse();
    assertThrows(AvocetException.class, phases::check);
  }

  @Test
  void shouldGiveUpWhenTheListenerThrows() {
    TrtPhases phases =
        new TrtPhases(
            "x",
            (phase, done, steps) -> {
              throw new IllegalStateException("listener");
            });

    assertThrows(IllegalStateException.class, () -> phases.begin("a", 1));
    assertThat(phases.step("a", 0)).isFalse();
  }

  @Test
  void shouldKeepWithinTheStepsWhateverNumbersCome() {
    TrtPhases phases = phases("");
    phases.begin("a", 0);
    assertThat(phases.step("a", 5)).isTrue();
    assertThat(phases.step("a", -5)).isTrue();
    assertThat(phases.step("unknown", 0)).isTrue();
    phases.end("unknown");

    assertThat(heard).containsExactly("a 0/1", "a 1/1", "a 1/1", "unknown 1/1");
  }
}
