package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappedChoiceTest {
  private static final CudaDevice BOARD =
      new CudaDevice(0, "Orin", 8, 7, 1L << 33, true, true, 12060);
  private static final CudaDevice CARD =
      new CudaDevice(0, "card", 9, 0, 1L << 37, false, true, 13010);
  private static final CudaDevice OLD =
      new CudaDevice(0, "old", 3, 0, 1L << 30, true, false, 12060);

  private final List<Boolean> runs = new ArrayList<>();
  private long now;

  private MappedChoice choice(Optional<Boolean> asked, CudaDevice device) {
    return new MappedChoice(asked, device, () -> now);
  }

  private MappedChoice.Run taking(long copied, long mapped) {
    return way -> {
      runs.add(way);
      now += way ? mapped : copied;
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {50, 150})
  void shouldTakeTheFasterAndMeasureOnce(long mapped) {
    MappedChoice choice = choice(Optional.empty(), BOARD);
    assertThat(choice.possible()).isTrue();
    assertThat(choice.made()).isEmpty();
    assertThat(choice.make(taking(100, mapped))).isEqualTo(mapped < 100);
    assertThat(runs).hasSize(12).containsSubsequence(false, true, false, true);
    assertThat(choice.make(taking(1, 1))).isEqualTo(mapped < 100);
    assertThat(choice.made()).contains(mapped < 100);
    assertThat(runs).hasSize(12);
  }

  @Test
  void shouldNotCountTheFirstRunsNorOneThatWasHeldUp() {
    MappedChoice choice = choice(Optional.empty(), BOARD);
    boolean chosen =
        choice.make(
            way -> {
              runs.add(way);
              boolean slow = runs.size() <= 2 || runs.size() == 6;
              now += slow ? 10_000 : way ? 90 : 100;
            });
    assertThat(chosen).isTrue();
  }

  @Test
  void shouldNotMeasureWhereMemoryIsNotShared() {
    MappedChoice choice = choice(Optional.empty(), CARD);
    assertThat(choice.possible()).isFalse();
    assertThat(choice.make(taking(100, 1))).isFalse();
    assertThat(runs).isEmpty();
  }

  @Test
  void shouldDoWhatIsAskedFor() {
    assertThat(choice(Optional.of(true), CARD).make(taking(1, 100))).isTrue();
    assertThat(choice(Optional.of(false), BOARD).make(taking(100, 1))).isFalse();
    assertThat(choice(Optional.of(false), BOARD).possible()).isFalse();
    assertThat(runs).isEmpty();
  }

  @Test
  void shouldRefuseWhatTheGpuCannotDo() {
    assertThat(choice(Optional.empty(), OLD).make(taking(100, 1))).isFalse();
    assertThatThrownBy(() -> choice(Optional.of(true), OLD))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED))
        .hasMessage("mapped=true: old does not map memory of the host; leave the option out");
  }

  @Test
  void shouldMeasureAgainWhenARunFailed() {
    MappedChoice choice = choice(Optional.empty(), BOARD);
    assertThatThrownBy(
            () ->
                choice.make(
                    way -> {
                      throw new AvocetException(Status.FAIL, "of the test");
                    }))
        .hasMessage("of the test");
    assertThat(choice.made()).isEmpty();
    assertThat(choice.make(taking(100, 1))).isTrue();
  }
}
