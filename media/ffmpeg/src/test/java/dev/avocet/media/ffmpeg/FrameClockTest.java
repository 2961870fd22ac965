package dev.avocet.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameClockTest {
  private static final double NONE = Double.NaN;

  @Test
  void shouldCountFromTheFirstStamp() {
    FrameClock clock = new FrameClock(25);

    assertThat(List.of(clock.next(9000), clock.next(9040), clock.next(9300)))
        .containsExactly(0.0, 40.0, 300.0);
  }

  @Test
  void shouldCountByTheRateWhereStampsAreMissing() {
    FrameClock clock = new FrameClock(50);

    assertThat(List.of(clock.next(NONE), clock.next(NONE), clock.next(500), clock.next(530)))
        .containsExactly(0.0, 20.0, 40.0, 70.0);
  }

  @Test
  void shouldGoOnWhenStampsJumpBack() {
    FrameClock clock = new FrameClock(25);

    assertThat(List.of(clock.next(0), clock.next(40), clock.next(0), clock.next(40)))
        .containsExactly(0.0, 40.0, 80.0, 120.0);
  }

  @Test
  void shouldGoOnAtTheTimeOfTheNewConnection() {
    FrameClock clock = new FrameClock(25);
    clock.next(700);
    clock.next(740);
    clock.restart(5000);

    assertThat(List.of(clock.next(3), clock.next(43))).containsExactly(5000.0, 5040.0);
  }

  @Property(tries = 200)
  void shouldRiseWhateverTheStampsAre(
      @ForAll @Size(max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> stamps) {
    FrameClock clock = new FrameClock(0);
    double last = -1;
    for (double stamp : stamps) {
      double time = clock.next(stamp > 9e5 ? NONE : stamp);
      assertThat(time).isGreaterThan(last);
      last = time;
    }
  }
}
