package dev.avocet.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Drawable;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.Palette;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Point;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnnotatorTest {
  private static final int RED = 0xff4b4b;

  private static Image black(int width, int height) {
    return Image.copyOf(new byte[3 * width * height], PixelFormat.BGR, width, height);
  }

  private static void draw(Image image, Drawable... results) {
    Annotator.draw(image, List.of(results));
  }

  /** A mask of one value. */
  private static Mask mask(int x, int y, int width, int height) {
    byte[] pixels = new byte[width * height];
    Arrays.fill(pixels, (byte) 255);
    return new Mask(new Rect(x, y, width, height), pixels);
  }

  /** Draws on a part of a picture and checks that the pixels around it are as they were. */
  private static void drawInside(int width, int height, Drawable... results) {
    try (Image whole = black(width + 20, height + 20)) {
      draw(whole.region(new Rect(10, 10, width, height)), results);

      for (int y = 0; y < height + 20; y++) {
        for (int x = 0; x < width + 20; x++) {
          boolean inside = x >= 10 && x < width + 10 && y >= 10 && y < height + 10;
          assertThat(inside || Pictures.rgb(whole, x, y) == 0).isTrue();
        }
      }
    }
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
    drawInside(
        width,
        height,
        on -> on.box(x1, y1, x2, y2, label, Palette.ofObject(classId)),
        on -> on.box(-1e30f, -5, 1e30f, 1e30f, label, RED),
        on -> on.caption(label, RED));
  }

  @Property(tries = 300)
  void shouldStayInsideThePictureWhateverThePoints(
      @ForAll @Size(max = 5) List<Float> xs,
      @ForAll float y,
      @ForAll @IntRange(min = -100, max = 100) int left,
      @ForAll @IntRange(min = 1, max = 200) int extent,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height) {
    List<Point> points = xs.stream().map(x -> new Point(x, y)).toList();
    Point near = new Point(left, extent);
    drawInside(
        width,
        height,
        on -> on.polygon(points, "text", RED),
        on -> on.text(points, "text", RED),
        on -> points.forEach(p -> on.dot(p, RED)),
        on -> points.forEach(p -> on.line(p, near, RED)),
        on -> on.dot(near, RED),
        on -> on.area(mask(left, -left, extent, 7), RED),
        on -> on.classes(new Rect(left, 0, extent, 2), new int[2 * extent]));
  }

  @Test
  void shouldDrawBoxAndLabelInTheColourOfTheClass() {
    try (Image image = black(400, 300)) {
      draw(image, on -> on.box(100, 100, 200, 200, "dog 0.90", Palette.ofObject(16)));

      assertThat(Pictures.rgb(image, 100, 150)).isEqualTo(RED);
      assertThat(Pictures.rgb(image, 150, 200)).isEqualTo(RED);
      assertThat(Pictures.rgb(image, 101, 94)).isEqualTo(RED);
      assertThat(Pictures.rgb(image, 150, 150)).isZero();
    }
  }

  @Test
  void shouldPutTheLabelInsideWhenThereIsNoRoomAbove() {
    try (Image image = black(400, 300)) {
      draw(image, on -> on.box(350, 0, 399, 200, "bicycle 0.90", 0x2fbf71));

      // The ground reaches to the left of its box, since it has to end with the picture.
      assertThat(Pictures.rgb(image, 340, 2)).isEqualTo(0x2fbf71);
    }
  }

  @Test
  void shouldDrawNothingWhenTheResultIsOutside() {
    try (Image image = black(40, 30)) {
      draw(
          image,
          on -> on.box(50, 5, 60, 10, "a", RED),
          on -> on.box(5, -9, 9, -1, "b", RED),
          on -> on.box(9, 9, 5, 12, "c", RED),
          on -> on.box(Float.NaN, 0, 5, 12, "d", RED),
          on -> on.polygon(List.of(new Point(50, 5), new Point(60, 5)), "e", RED),
          on -> on.polygon(List.of(), "f", RED),
          on -> on.dot(new Point(Float.POSITIVE_INFINITY, 3), RED),
          on -> on.line(new Point(Float.NaN, 3), new Point(3, 3), RED),
          on -> on.line(new Point(-1e9f, 3), new Point(3, 3), RED),
          on -> on.area(mask(40, 0, 5, 5), RED),
          on -> on.classes(new Rect(-3, 0, 3, 1), new int[] {1, 1, 1}),
          on -> on.classes(new Rect(3, 3, 1, 1), new int[] {-1}),
          on -> on.caption(" ", RED));

      for (int i = 0; i < 40 * 30; i++) {
        assertThat(Pictures.rgb(image, i % 40, i / 40)).isZero();
      }
    }
  }

  @Test
  void shouldMixAnAreasColourWithThePicture() {
    try (Image image = Image.copyOf(filled(3 * 40 * 30, 100), PixelFormat.BGR, 40, 30)) {
      draw(image, on -> on.area(mask(10, 10, 60, 10), 0xc80000));

      assertThat(Pictures.rgb(image, 20, 15)).isEqualTo(0x913737);
      assertThat(Pictures.rgb(image, 10, 15)).isEqualTo(0xc80000);
      assertThat(Pictures.rgb(image, 20, 25)).isEqualTo(0x646464);
    }
  }

  private static byte[] filled(int size, int value) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void shouldColourClassesLikeVocAndLeaveUnknownOnesAlone() {
    try (Image image = Image.copyOf(filled(3 * 4, 100), PixelFormat.BGR, 4, 1)) {
      draw(image, on -> on.classes(new Rect(1, 0, 3, 1), new int[] {-1, 15, 0}));

      assertThat(Pictures.rgb(image, 0, 0)).isEqualTo(0x646464);
      assertThat(Pictures.rgb(image, 1, 0)).isEqualTo(0x646464);
      assertThat(Pictures.rgb(image, 2, 0)).isEqualTo(0x927272);
      assertThat(Pictures.rgb(image, 3, 0)).isEqualTo(0x323232);
    }
  }

  @Test
  void shouldRefuseAMapOfAnotherSizeThanItsWindow() {
    try (Image image = black(4, 4)) {
      assertThatThrownBy(() -> draw(image, on -> on.classes(new Rect(0, 0, 2, 2), new int[3])))
          .isInstanceOf(AvocetException.class)
          .hasMessageStartingWith("classes=3 numbers for Rect");
    }
  }

  @Test
  void shouldLayLabelsOverLinesOverAreasAndTheFirstOnTop() {
    try (Image image = black(400, 300)) {
      draw(
          image,
          on -> on.box(100, 100, 300, 200, "first", RED),
          on -> on.box(100, 100, 300, 200, "second", 0x2fbf71),
          on -> on.area(mask(0, 0, 400, 300), 0x0000ff));

      assertThat(Pictures.rgb(image, 300, 150)).isEqualTo(RED);
      assertThat(Pictures.rgb(image, 101, 94)).isEqualTo(RED);
      assertThat(Pictures.rgb(image, 200, 150)).isEqualTo(0x000073);
    }
  }

  @Test
  void shouldStackCaptions() {
    try (Image image = black(400, 300)) {
      draw(image, on -> on.caption("one", RED), on -> on.caption("two", 0x2fbf71));

      assertThat(Pictures.rgb(image, 0, 0)).isEqualTo(RED);
      int second = 0;
      while (Pictures.rgb(image, 0, second) == RED) {
        second++;
      }
      assertThat(second).isBetween(10, 30);
      assertThat(Pictures.rgb(image, 0, second)).isEqualTo(0x2fbf71);
    }
  }

  @Test
  void shouldAnnotateAnUprightCopyWhenThePictureIsRotatedAndRgb() {
    try (Image source = Image.copyOf(new byte[3 * 40 * 30], PixelFormat.RGB, 40, 30);
        Image copy =
            Annotator.annotate(
                source.rotated(Rotation.CLOCKWISE_90),
                List.<Drawable>of(on -> on.box(2, 2, 25, 35, "", RED)))) {
      assertThat(copy).hasToString("30x40 BGR");
      assertThat(Pictures.rgb(copy, 2, 30)).isEqualTo(RED);
      assertThat(source.plane(0).get(3 * 2)).isZero();
    }
  }

  @Test
  void shouldRefuseToDrawInPlaceWhenThePictureIsNotBgr() {
    try (Image image = Image.copyOf(new byte[12], PixelFormat.RGB, 2, 2)) {
      assertThatThrownBy(() -> draw(image))
          .isInstanceOf(AvocetException.class)
          .hasMessageContaining("expected BGR without a rotation; use annotate");
    }
  }
}
