package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorerTest {
  @TempDir Path folder;

  @Test
  void shouldAnswerPicturesThatOutliveTheHandle() throws IOException {
    Image answer;
    try (Image image = TestModels.noise(33, 21, 4)) {
      try (Restorer restorer = Restorer.open(TestModels.identityRestorer(folder))) {
        answer = restorer.restore(image);
      }
      assertSwapped(image, answer);
    }
    answer.close();
  }

  @Test
  void shouldRestoreBatchesOfMixedSizesInOrder() throws IOException {
    try (Restorer restorer = Restorer.open(TestModels.identityRestorer(folder));
        Image a = TestModels.noise(16, 16, 1);
        Image b = TestModels.noise(20, 16, 2);
        Image c = TestModels.noise(16, 16, 3)) {
      List<Image> answers = restorer.restoreBatch(List.of(a, b, c));
      assertSwapped(a, answers.get(0));
      assertSwapped(b, answers.get(1));
      assertSwapped(c, answers.get(2));
      answers.forEach(Image::close);
      try (Image submitted = restorer.submit(b).join()) {
        assertSwapped(b, submitted);
      }
    }
  }

  /** The network answers its own RGB input. */
  private static void assertSwapped(Image bgr, Image rgb) {
    assertThat(rgb.format()).isEqualTo(PixelFormat.RGB);
    assertThat(rgb.width()).isEqualTo(bgr.width());
    assertThat(rgb.height()).isEqualTo(bgr.height());
    ByteBuffer in = bgr.plane(0);
    ByteBuffer out = rgb.plane(0);
    for (int y = 0; y < bgr.height(); y++) {
      for (int x = 0; x < bgr.width(); x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(out.get(y * rgb.planes().get(0).stride() + 3 * x + 2 - c))
              .isEqualTo(in.get(y * bgr.planes().get(0).stride() + 3 * x + c));
        }
      }
    }
  }
}
