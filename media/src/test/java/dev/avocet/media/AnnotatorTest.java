package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AnnotatorTest {
  private static Image black(int width, int height) {
    return Image.copyOf(new byte[3 * width * height], PixelFormat.BGR, width, height);
  }

  @Property(tries = 300)
  void shouldStayInsideThePictureWhateverTheBox(
      @ForAll float x1,
      @ForAll float y1,
      @ForAll float x2,
      @ForAll float y2,
      @ForAll int classId,
      @ForAll String label,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height) {
    // A frame of untouched pixels around the drawn-on part, and one row below.
    try (Image whole = black(width + 20, height + 20)) {
      Image part = whole.region(new Rect(10, 10, width, height));

      Annotator.draw(part, List.of(new Annotation(x1, y1, x2, y2, label, 0.5f, classId)));
      Annotator.draw(part, List.of(new Annotation(-1e30f, -5, 1e30f, 1e30f, label, 1, classId)));

      for (int y = 0; y < height + 20; y++) {
        for (int x = 0; x < width + 20; x++) {
          boolean inside = x >= 10 && x < width + 10 && y >= 10 && y < height + 10;
          assertThat(inside || Pictures.rgb(whole, x, y) == 0).isTrue();
        }
      }
    }
  }

  @Test
  void shouldDrawBoxAndLabelInTheColourOfTheClass() {
    try (Image image = black(400, 300)) {
      Annotator.draw(image, List.of(new Annotation(100, 100, 200, 200, "dog", 0.9f, 16)));

      assertThat(Pictures.rgb(image, 100, 150)).isEqualTo(0xff4b4b);
      assertThat(Pictures.rgb(image, 150, 200)).isEqualTo(0xff4b4b);
      assertThat(Pictures.rgb(image, 101, 94)).isEqualTo(0xff4b4b);
      assertThat(Pictures.rgb(image, 150, 150)).isZero();
    }
  }

  @Test
  void shouldPutTheLabelInsideWhenThereIsNoRoomAbove() {
    try (Image image = black(400, 300)) {
      Annotator.draw(image, List.of(new Annotation(350, 0, 399, 200, "bicycle", 0.9f, 1)));

      // The ground reaches to the left of its box, since it has to end with the picture.
      assertThat(Pictures.rgb(image, 340, 2)).isEqualTo(0x2fbf71);
    }
  }

  @Test
  void shouldDrawNothingWhenTheBoxIsOutside() {
    try (Image image = black(40, 30)) {
      Annotator.draw(
          image,
          List.of(
              new Annotation(50, 5, 60, 10, "a", 1, 0),
              new Annotation(5, -9, 9, -1, "b", 1, 0),
              new Annotation(9, 9, 5, 12, "c", 1, 0),
              new Annotation(Float.NaN, 0, 5, 12, "d", 1, 0)));

      for (int i = 0; i < 40 * 30; i++) {
        assertThat(Pictures.rgb(image, i % 40, i / 40)).isZero();
      }
    }
  }

  @Test
  void shouldAnnotateAnUprightCopyWhenThePictureIsRotatedAndRgb() {
    try (Image source = Image.copyOf(new byte[3 * 40 * 30], PixelFormat.RGB, 40, 30);
        Image copy =
            Annotator.annotate(
                source.rotated(Rotation.CLOCKWISE_90),
                List.of(new Annotation(2, 2, 25, 35, "", 1, 0)))) {
      assertThat(copy).hasToString("30x40 BGR");
      assertThat(Pictures.rgb(copy, 2, 30)).isEqualTo(0xff4b4b);
      assertThat(source.plane(0).get(3 * 2)).isZero();
    }
  }

  @Test
  void shouldRefuseToDrawInPlaceWhenThePictureIsNotBgr() {
    try (Image image = Image.copyOf(new byte[12], PixelFormat.RGB, 2, 2)) {
      assertThatThrownBy(() -> Annotator.draw(image, List.of()))
          .isInstanceOf(AvocetException.class)
          .hasMessageContaining("expected BGR without a rotation; use annotate");
    }
  }
}
