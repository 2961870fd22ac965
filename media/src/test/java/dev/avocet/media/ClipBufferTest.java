package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClipBufferTest {
  private static final int FRAME = 100;

  private static ClipBuffer buffer(double before, double after, double most, long frames) {
    return new ClipBuffer(new ClipRecorder.Params(before, after, most, frames * FRAME));
  }

  private static void add(ClipBuffer buffer, double... seconds) {
    for (double second : seconds) {
      buffer.add(second * 1000, new byte[FRAME]);
    }
  }

  /** Times in seconds, and at each clip's end the number of pictures that it lacks. */
  private static String taken(ClipBuffer buffer) throws InterruptedException {
    buffer.close();
    StringBuilder text = new StringBuilder();
    for (Optional<ClipBuffer.Shot> shot = buffer.take(); shot.isPresent(); shot = buffer.take()) {
      text.append(
          shot.get().jpeg().isPresent()
              ? "%.0f ".formatted(shot.get().millis() / 1000)
              : "end%d ".formatted(shot.get().dropped()));
    }
    return text.toString().strip();
  }

  @Test
  void shouldTakeWhatWasBeforeAndAfterTheTrigger() throws InterruptedException {
    ClipBuffer buffer = buffer(2, 3, 60, 100);

    add(buffer, 0, 1, 2, 3, 4, 5);
    assertThat(buffer.bytes()).isEqualTo(3 * FRAME);
    buffer.trigger();
    assertThat(buffer.recording()).isTrue();
    add(buffer, 6, 7, 8, 9, 10);
    assertThat(buffer.recording()).isFalse();

    assertThat(taken(buffer)).isEqualTo("3 4 5 6 7 8 end0");
    assertThat(buffer.bytes()).isZero();
  }

  @Test
  void shouldGoOnWhenTriggeredAgain() throws InterruptedException {
    ClipBuffer buffer = buffer(1, 2, 60, 100);

    add(buffer, 0, 1);
    buffer.trigger();
    add(buffer, 2, 3);
    buffer.trigger();
    add(buffer, 4, 5, 6, 7);
    buffer.trigger();
    add(buffer, 8);

    assertThat(taken(buffer)).isEqualTo("0 1 2 3 4 5 end0 6 7 8 end0");
  }

  @Test
  void shouldFollowALongClipByTheNextWithoutAGap() throws InterruptedException {
    ClipBuffer buffer = buffer(1, 5, 3, 100);

    add(buffer, 0, 1);
    buffer.trigger();
    add(buffer, 2, 3, 4, 5, 6, 7, 8);

    assertThat(taken(buffer)).isEqualTo("0 1 2 3 end0 4 5 6 end0");
  }

  @Test
  void shouldBeginWithTheNextPictureWhenThereIsNone() throws InterruptedException {
    ClipBuffer buffer = buffer(0, 1, 60, 100);

    buffer.trigger();
    assertThat(buffer.recording()).isFalse();
    add(buffer, 10, 11, 12);

    assertThat(taken(buffer)).isEqualTo("10 11 end0");
  }

  @Test
  void shouldEndTheClipWhenTheSourceBeginsAnew() throws InterruptedException {
    ClipBuffer buffer = buffer(5, 5, 60, 100);

    add(buffer, 7, 8);
    buffer.trigger();
    add(buffer, 9, 0, 1);
    buffer.trigger();

    assertThat(taken(buffer)).isEqualTo("7 8 9 end0 0 1 end0");
  }

  @Test
  void shouldLeavePicturesOutAndCountThemWhenNobodyTakesThem() throws InterruptedException {
    ClipBuffer buffer = buffer(2, 5, 60, 4);

    add(buffer, 0, 1, 2);
    buffer.trigger();
    add(buffer, 3, 4, 5);
    assertThat(buffer.take()).isPresent();
    add(buffer, 6);

    assertThat(buffer.dropped()).isEqualTo(2);
    assertThat(taken(buffer)).isEqualTo("1 2 3 6 end2");
  }

  @Test
  void shouldEndTheClipWhenTheSourceIsSilent() throws InterruptedException {
    ClipBuffer buffer = buffer(0, 0, 60, 4);

    add(buffer, 0);
    buffer.trigger();
    assertThat(buffer.take().orElseThrow().jpeg()).isPresent();
    long start = System.nanoTime();
    assertThat(buffer.take().orElseThrow().jpeg()).isEmpty();

    assertThat((System.nanoTime() - start) / 1e9).isBetween(4.0, 8.0);
    assertThat(buffer.recording()).isFalse();
  }

  @Test
  void shouldForgetWhatComesWhenClosed() throws InterruptedException {
    ClipBuffer buffer = buffer(2, 2, 60, 4);
    add(buffer, 0);
    buffer.close();
    add(buffer, 1);
    buffer.trigger();

    assertThat(buffer.take()).isEmpty();
    assertThat(buffer.bytes()).isZero();
  }

  /** Whatever happens, memory is bounded, times go up in a clip, and nothing is lost uncounted. */
  @Property(tries = 300)
  void shouldKeepItsBounds(
      @ForAll @Size(min = 1, max = 120) List<@IntRange(max = 9) Integer> steps,
      @ForAll @IntRange(max = 4) int before,
      @ForAll @IntRange(max = 4) int after,
      @ForAll @IntRange(min = 5, max = 9) int most,
      @ForAll @IntRange(min = 1, max = 12) int room)
      throws InterruptedException {
    ClipBuffer buffer = buffer(before, after, most, room);
    List<ClipBuffer.Shot> taken = new ArrayList<>();
    double time = 0;
    for (int step : steps) {
      if (step == 0) {
        buffer.trigger();
      } else if (step == 1 && buffer.recording() && buffer.bytes() > 0) {
        taken.add(buffer.take().orElseThrow());
      } else {
        time += step == 2 ? -3 : step / 9.0;
        add(buffer, time);
      }
      assertThat(buffer.bytes()).isBetween(0L, (long) room * FRAME);
    }
    buffer.close();
    for (Optional<ClipBuffer.Shot> shot = buffer.take(); shot.isPresent(); shot = buffer.take()) {
      taken.add(shot.get());
    }
    assertThat(buffer.bytes()).isZero();
    assertClips(taken, most, buffer.dropped());
  }

  private static void assertClips(List<ClipBuffer.Shot> taken, int most, long dropped) {
    double first = Double.NaN;
    double last = Double.NaN;
    long missing = 0;
    for (ClipBuffer.Shot shot : taken) {
      if (shot.jpeg().isEmpty()) {
        missing += shot.dropped();
        first = Double.NaN;
      } else if (Double.isNaN(first)) {
        first = shot.millis();
      } else {
        assertThat(shot.millis()).isGreaterThan(last);
        assertThat(shot.millis() - first).isLessThanOrEqualTo(most * 1000.0);
      }
      last = shot.millis();
    }
    assertThat(missing).isEqualTo(dropped);
    assertThat(taken.isEmpty() || taken.get(taken.size() - 1).jpeg().isEmpty()).isTrue();
  }

  @Test
  void shouldRefuseParametersThatMakeNoSense() {
    refused(-1, 5, 60, 100, "beforeSeconds=-1.0: expected 0.0 to 600.0");
    refused(5, Double.NaN, 60, 100, "afterSeconds=NaN: expected 0.0 to 600.0");
    refused(5, 5, 4, 100, "mostSeconds=4.0: expected 5.0 to 3600.0");
    refused(5, 5, 5, 100, "mostSeconds=5.0 mostBytes=100: expected more than beforeSeconds=5.0");
    refused(5, 5, 60, 0, "mostSeconds=60.0 mostBytes=0: expected more than beforeSeconds=5.0");
  }

  private static void refused(double before, double after, double most, long bytes, String why) {
    assertThatThrownBy(() -> new ClipRecorder.Params(before, after, most, bytes))
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith(why)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.INVALID_ARG);
  }
}
