package dev.avocet.postprocess.mmdet;

import static dev.avocet.postprocess.HeadTests.assertRefused;
import static dev.avocet.postprocess.HeadTests.decode;
import static dev.avocet.postprocess.HeadTests.longs;
import static dev.avocet.postprocess.HeadTests.plain;
import static dev.avocet.postprocess.HeadTests.scaled;
import static dev.avocet.postprocess.HeadTests.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.preprocess.SampleMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResizeInstanceMaskTest {
  private static Mask only(String params, SampleMeta meta, Tensor dets, Tensor masks) {
    long n = dets.shape().dim(1);
    Tensor labels = longs(Shape.of(1, n), new long[(int) n]);
    Boxes boxes =
        (Boxes)
            decode(
                "ResizeInstanceMask",
                params,
                Map.of("dets", dets, "labels", labels, "masks", masks),
                meta);
    assertThat(boxes.size()).isEqualTo(1);
    return boxes.mask(0).orElseThrow();
  }

  private static List<String> rows(Mask mask) {
    List<String> rows = new ArrayList<>();
    for (int y = 0; y < mask.window().height(); y++) {
      StringBuilder row = new StringBuilder();
      for (int x = 0; x < mask.window().width(); x++) {
        int pixel = mask.pixels().get(y * mask.window().width() + x) & 0xff;
        row.append(pixel == 255 ? '#' : pixel == 0 ? '.' : '?');
      }
      rows.add(row.toString());
    }
    return rows;
  }

  @Test
  void shouldPasteAMaskOfABox() {
    Tensor dets = tensor(Shape.of(1, 1, 5), 2, 2, 6, 6, .9f);
    // A cell is two pixels; across, its value falls off as 1/4, 3/4, 3/4, 1/4.
    Tensor masks = tensor(Shape.of(1, 1, 2, 2), 1, 0, 0, 0);

    Mask mask = only("{\"rcnn\":{}}", plain(10, 10), dets, masks);

    assertThat(mask.window()).isEqualTo(new Rect(1, 1, 6, 6));
    assertThat(rows(mask))
        .containsExactly("......", ".##...", ".##...", "......", "......", "......");
    assertThat(rows(only("{}", plain(10, 10), dets, masks))).isEqualTo(rows(mask));
    String lower = "{\"rcnn\":{},\"mask_thr_binary\":0.1}";
    assertThat(rows(only(lower, plain(10, 10), dets, masks)))
        .containsExactly(".##...", "####..", "####..", ".##...", "......", "......");
  }

  @Test
  void shouldKeepTheWindowWithinThePicture() {
    Tensor dets = tensor(Shape.of(1, 1, 5), 0, 6, 4, 20, .9f);
    Tensor masks = tensor(Shape.of(1, 1, 1, 1), 1);

    Mask mask = only("{\"rcnn\":{}}", plain(5, 10), dets, masks);

    assertThat(mask.window()).isEqualTo(new Rect(0, 5, 5, 5));
  }

  @Test
  void shouldGiveAnEmptyMaskWhenABoxHasNoWidth() {
    Tensor dets = tensor(Shape.of(1, 1, 5), 4, 2, 4, 6, .9f);
    Tensor masks = tensor(Shape.of(1, 1, 2, 2), 0, 0, 0, 0);

    assertThat(only("{}", plain(10, 10), dets, masks).window()).isEqualTo(new Rect(3, 1, 2, 6));
  }

  @Test
  void shouldLeaveTheMaskAsItIsWhenItIsNotToBeResized() {
    Tensor dets = tensor(Shape.of(1, 1, 5), 2, 3, 6, 6, .9f);
    Tensor masks = tensor(Shape.of(1, 1, 2, 3), .6f, 0, .5f, 0, 1, .51f);

    Mask mask = only("{\"rcnn\":{},\"is_resize_mask\":false}", plain(10, 10), dets, masks);

    assertThat(mask.window()).isEqualTo(new Rect(1, 2, 3, 2));
    assertThat(rows(mask)).containsExactly("#..", ".##");
  }

  @Test
  void shouldResizeTheDetectionsOwnMaskWhenAnotherOneIsDropped() {
    Tensor dets = tensor(Shape.of(1, 2, 5), 0, 0, 3, 3, .1f, 0, 0, 3, 3, .9f);
    Tensor masks =
        tensor(
            Shape.of(1, 2, 2, 4), //
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1, //
            0,
            0,
            1,
            1,
            0,
            0,
            1,
            1);

    // Twice the size; column 3 is 1/4 and column 4 is 3/4.
    Mask mask = only("{\"score_thr\":0.5}", scaled(8, 4, .5f, 0, 0), dets, masks);

    assertThat(mask.window()).isEqualTo(new Rect(0, 0, 8, 4));
    assertThat(rows(mask)).containsOnly("....####");
  }

  @Test
  void shouldCutOffPaddingAndLeaveWhatTheMaskDoesNotReach() {
    Tensor dets = tensor(Shape.of(1, 1, 5), 0, 0, 3, 3, .9f);
    Tensor masks = tensor(Shape.of(1, 1, 2, 2), 1, 1, 1, 1);

    Mask mask = only("{\"score_thr\":0}", scaled(3, 5, .5f, 0, 0), dets, masks);

    assertThat(rows(mask)).containsExactly("###", "###", "###", "###", "...");
  }

  @Test
  void shouldSayWhatIsWrong() {
    Tensor masks = tensor(Shape.of(1, 1, 1, 1), Float.NaN);
    refused(
        tensor(Shape.of(1, 1, 2)), "\"masks\": expected FLOAT32[B,N,H,W], found FLOAT32[1,1,2]");
    refused(tensor(Shape.of(1, 2, 1, 1)), "expected FLOAT32[1,1,?,?], found FLOAT32[1,2,1,1]");
    refused(tensor(Shape.of(1, 1, 0, 1)), "expected FLOAT32[1,1,?,?], found FLOAT32[1,1,0,1]");
    refused(masks, "holds NaN");
  }

  private static void refused(Tensor masks, String message) {
    for (String params : List.of("{}", "{\"score_thr\":0}")) {
      assertRefused(
          "ResizeInstanceMask",
          params,
          Map.of(
              "dets",
              tensor(Shape.of(1, 1, 5), 1, 1, 5, 5, .9f),
              "labels",
              longs(Shape.of(1, 1), 0),
              "masks",
              masks),
          message);
    }
  }
}
