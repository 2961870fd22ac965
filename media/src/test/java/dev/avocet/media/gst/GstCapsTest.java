package dev.avocet.media.gst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image.Plane;
import dev.avocet.core.PixelFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GstCapsTest {
  private static String caps(String format, int width, int height) {
    return "video/x-raw, format=(string)%s, width=(int)%d, height=(int)%d, framerate=(fraction)30000/1001,"
            .formatted(format, width, height)
        + " colorimetry=(string)bt709, interlace-mode=(string)progressive";
  }

  @Test
  void shouldReadWhatGstreamerSays() {
    GstCaps caps = GstCaps.parse(caps("NV12", 1280, 720));
    assertThat(caps.format()).isEqualTo(PixelFormat.NV12);
    assertThat(caps.rate()).isBetween(29.96, 29.98);
    assertThat(caps.colorimetry()).isEqualTo("bt709");
    assertThat(caps.bytes()).isEqualTo(1280 * 720 * 3 / 2);
    assertThat(caps.planes(1000))
        .containsExactly(new Plane(1000, 1280), new Plane(1000 + 1280 * 720, 1280));
    assertThat(
            GstCaps.parse("video/x-raw, format=(string)GRAY8, width=(int)4, height=(int)1").rate())
        .isZero();
  }

  @Test
  void shouldEndRowsAtFourBytes() {
    assertThat(GstCaps.parse(caps("BGR", 5, 3)).planes(0)).containsExactly(new Plane(0, 16));
    assertThat(GstCaps.parse(caps("I420", 10, 4)).planes(0))
        .containsExactly(new Plane(0, 12), new Plane(48, 8), new Plane(64, 8));
    assertThat(GstCaps.parse(caps("I420", 10, 4)).bytes()).isEqualTo(80);
  }

  @Test
  void shouldRefuseOtherFrames() {
    assertThatThrownBy(
            () ->
                GstCaps.parse(
                    "video/x-raw(memory:NVMM), format=(string)NV12, width=(int)8, height=(int)8"))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("end it with pictures in memory, such as nvvidconv");
    assertThatThrownBy(() -> GstCaps.parse(caps("P010_10LE", 8, 8))).hasMessageContaining("P010");
    assertThatThrownBy(() -> GstCaps.parse(caps("NV12", 9, 8))).hasMessageContaining("even sizes");
  }

  @Property(tries = 200)
  void shouldAnswerOrRefuseAnyText(@ForAll String text, @ForAll @IntRange(max = 120) int cut) {
    String whole = caps("NV12", 64, 48);
    for (String any :
        new String[] {text, whole.substring(0, Math.min(cut, whole.length())) + text}) {
      try {
        assertThat(GstCaps.parse(any).bytes()).isPositive();
      } catch (AvocetException e) {
        assertThat(e).hasMessageContaining("the pipeline gives");
      }
    }
  }
}
