package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentorTest {
  @TempDir Path folder;

  @Test
  void shouldStretchALabelMapOverThePicture() throws IOException {
    try (Segmentor segmentor = Segmentor.open(TaskModels.quarters(folder));
        Image image = TestModels.noise(40, 20, 1)) {
      Segmentation map = segmentor.segment(image);
      assertThat(map.window()).isEqualTo(new Rect(0, 0, 40, 20));
      assertThat(map.classes()).isEqualTo(4);
      assertThat(map.label(19, 9)).isZero();
      assertThat(map.label(20, 9)).isEqualTo(1);
      assertThat(map.label(19, 10)).isEqualTo(2);
      assertThat(map.label(39, 19)).isEqualTo(3);
      assertThat(map.shares()).containsExactly(0.25, 0.25, 0.25, 0.25);
      assertThat(map.scores()).isEmpty();
    }
  }

  @Test
  void shouldAnswerForARegionForBatchesAndForSubmittedCalls() throws IOException {
    try (Segmentor segmentor = Segmentor.open(TaskModels.segmentor(folder));
        Image image = Painting.of(12, 10, 0x00c800);
        Image small = Painting.of(5, 4, 0x0000c8)) {
      Painting.fill(image, new Rect(3, 4, 2, 1), 0xff0000);
      Segmentation whole = segmentor.segment(image);
      assertThat(whole.label(0, 0)).isEqualTo(1);
      assertThat(whole.label(4, 4)).isEqualTo(2);
      assertThat(whole.shares()[2]).isEqualTo(2 / 120.0);
      FloatBuffer scores = whole.scores().orElseThrow();
      assertThat(scores.get(120)).isEqualTo(200);
      CallOptions region = CallOptions.DEFAULT.withRegion(new Rect(3, 2, 7, 6));
      Segmentation part = segmentor.segment(image, region);
      assertThat(part.window()).isEqualTo(new Rect(3, 2, 7, 6));
      assertThat(part.label(1, 2)).isEqualTo(2);
      assertThat(part.label(2, 2)).isEqualTo(1);
      assertThat(segmentor.segmentBatch(List.of(image, small, image)))
          .extracting(map -> map.label(3, 3))
          .containsExactly(1, 0, 1);
      assertThat(segmentor.submit(image, region).join().labels()).isEqualTo(part.labels());
    }
  }
}
