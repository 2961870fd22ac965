package dev.avocet.postprocess.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.internal.Natives;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;

class PolygonMaskTest {
  static {
    Natives.prepare();
  }

  private static String picture(byte[] mask, int width) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < mask.length; i++) {
      text.append(mask[i] == 0 ? '.' : '#').append(i % width == width - 1 ? "\n" : "");
    }
    return text.toString();
  }

  /** As OpenCV 4.13 has it; 4.10 paints one pixel more in two of the rows. */
  @Test
  void shouldStayWithinTheEdges() {
    int[] polygon = {0, 0, 23, 3, 21, 11, 1, 9};
    assertThat(picture(PolygonMask.paint(polygon, 25, 12), 25))
        .isEqualTo(
            """
            ####.....................
            ############.............
            ####################.....
            ########################.
            ########################.
            .######################..
            .######################..
            .######################..
            .######################..
            .#####################...
            .......###############...
            .................#####...
            """);
  }

  @Property(tries = 300)
  void shouldPaintWhatOpenCvDoes(
      @ForAll @Size(min = 6, max = 16) List<@IntRange(min = -12, max = 60) Integer> numbers) {
    int[] polygon = numbers.stream().mapToInt(i -> i).limit(numbers.size() & ~1).toArray();
    int width = 45;
    int height = 44;
    byte[] expected = new byte[width * height];
    try (Mat mask = new Mat(height, width, opencv_core.CV_8UC1, Scalar.all(0));
        IntPointer points = new IntPointer(polygon)) {
      opencv_imgproc.fillPoly(
          mask, new Point(points), new int[] {polygon.length / 2}, 1, Scalar.all(1));
      ((ByteBuffer) mask.createBuffer()).get(expected);
    }
    byte[] painted = PolygonMask.paint(polygon, width, height);
    // Earlier releases paint otherwise; there the picture above has to do.
    if (opencv_core.CV_VERSION_MINOR >= 13) {
      assertThat(painted).isEqualTo(expected);
    }
  }
}
