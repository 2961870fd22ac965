package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TestPatternTest {
  private static byte[] pixels(Image image) {
    ByteBuffer plane = image.plane(0);
    int row = 3 * image.width();
    byte[] bytes = new byte[row * image.height()];
    for (int y = 0; y < image.height(); y++) {
      plane.get(y * image.planes().get(0).stride(), bytes, y * row, row);
    }
    return bytes;
  }

  private static int number(Image image) {
    int field = image.width() / 32;
    int number = 0;
    for (int bit = 0; bit < 32; bit++) {
      number = 2 * number + (Pictures.rgb(image, bit * field, 0) == 0 ? 0 : 1);
    }
    return number;
  }

  @Test
  void shouldGiveAsManyPicturesAsAskedEachWithItsNumber() {
    try (FrameSource source = Frames.open("test://?size=65x40&frames=300&fps=50")) {
      assertThat(source.size()).hasValue(300);
      for (int i = 0; i < 300; i++) {
        try (Frame frame = source.next().orElseThrow()) {
          assertThat(number(frame.image())).isEqualTo(i);
          assertThat(frame.index()).isEqualTo(i);
          assertThat(frame.timeMillis()).hasValue(i * 20.0);
          assertThat(frame.image()).hasToString("65x40 BGR");
          assertThat(source.frameRate()).hasValue(50);
        }
      }
      assertThat(source.next()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x1", "2x3", "33x7", "640x480"})
  void shouldDependOnTheNumberAlone(String size) {
    List<byte[]> first = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      try (FrameSource source = Frames.open("test://?size=" + size)) {
        for (int i = 0; i < 5; i++) {
          try (Frame frame = source.next().orElseThrow()) {
            if (round == 0) {
              first.add(pixels(frame.image()));
            } else {
              assertThat(pixels(frame.image())).isEqualTo(first.get(i));
            }
          }
        }
      }
    }
    if (first.get(0).length > 100) {
      assertThat(first.get(4)).isNotEqualTo(first.get(0));
    }
  }

  @Test
  void shouldKeepFramesThatAreInUse() {
    List<Frame> held = new ArrayList<>();
    try (FrameSource source = Frames.open("test://?size=64x8")) {
      for (int i = 0; i < 20; i++) {
        held.add(source.next().orElseThrow());
      }
    }
    for (int i = 0; i < 20; i++) {
      assertThat(number(held.get(i).image())).isEqualTo(i);
      held.get(i).close();
      held.get(i).close();
    }
  }

  @Test
  void shouldDropWhatIsLateWhenThePaceIsReal() throws InterruptedException {
    SourceOptions real = new SourceOptions(ImageCodec.Options.DEFAULT, SourceOptions.Pace.REAL, "");
    try (FrameSource source = Frames.open(real, List.of("test://?size=64x8&fps=100&frames=50"))) {
      List<Long> indices = new ArrayList<>();
      for (Optional<Frame> next = source.next(); next.isPresent(); next = source.next()) {
        try (Frame frame = next.get()) {
          assertThat(number(frame.image())).isEqualTo((int) frame.index());
          indices.add(frame.index());
        }
        Thread.sleep(50);
      }
      assertThat(indices).isSorted().doesNotHaveDuplicates().startsWith(0L).endsWith(49L);
      assertThat(indices.size() + source.dropped()).isEqualTo(50);
      assertThat(source.dropped()).isGreaterThan(20);
    }
  }

  @Test
  void shouldEndAWaitingCallWhenItIsClosed() throws Exception {
    SourceOptions real = new SourceOptions(ImageCodec.Options.DEFAULT, SourceOptions.Pace.REAL, "");
    FrameSource source = Frames.open(real, List.of("test://?size=64x8&fps=0.01"));
    source.next().orElseThrow().close();
    CompletableFuture<Optional<Frame>> next = CompletableFuture.supplyAsync(source::next);
    Thread.sleep(50);

    source.close();

    assertThat(next.get(1, TimeUnit.SECONDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "test://x              | INVALID_ARG test://x: expected test:// and options",
        "test://?size=0x5      | INVALID_ARG test://?size=0x5: size=0x5: expected WIDTHxHEIGHT",
        "test://?size=5        | INVALID_ARG test://?size=5: size=5: expected WIDTHxHEIGHT",
        "test://?frames=0      | INVALID_ARG test://?frames=0: frames=0: expected a whole number",
        "test://?frames=-3     | INVALID_ARG test://?frames=-3: frames=-3: expected a whole number",
        "test://?fps=fast      | INVALID_ARG test://?fps=fast: fps=fast: expected a number",
        "test://?speed         | INVALID_ARG test://?speed: \"speed\" is no option; there are fps=, frames=, size=",
        "test://?size=99999x99999 | OUT_OF_RANGE test://?size=99999x99999: width=99999 height=99999 is more than maxPixels=100000000",
      })
  void shouldSayWhatIsWrong(String input, String message) {
    try (FrameSource source = Frames.open(input);
        Frame frame = source.next().orElseThrow()) {
      AvocetException error = frame.error().orElseThrow();
      assertThat(error.status() + " " + error.getMessage()).startsWith(message);
    }
  }
}
