package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that an engine preprocesses itself: those that share a run come together. */
class HandedPicturesTest {
  /** 4 x 2 pixels each of blue, green, red, blue and green. */
  private static final int[] COLOURS = {0, 1, 2, 0, 1};

  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    LaterEngine.reset(Runnable::run, true);
    LaterEngine.takesOver(TaskModels.classifier(folder));
  }

  @AfterEach
  void forget() {
    LaterEngine.reset(Runnable::run, true);
  }

  private static Image picture(int channel) {
    byte[] pixels = new byte[24];
    for (int i = channel; i < pixels.length; i += 3) {
      pixels[i] = (byte) 200;
    }
    return Image.copyOf(pixels, PixelFormat.BGR, 4, 2);
  }

  private void classify() {
    List<Image> pictures = Arrays.stream(COLOURS).mapToObj(HandedPicturesTest::picture).toList();
    try (Classifier classifier = Classifier.open(folder)) {
      assertThat(classifier.classifyBatch(pictures))
          .extracting(found -> found.get(0).classId())
          .containsExactly(0, 1, 2, 0, 1);
    } finally {
      pictures.forEach(Image::close);
    }
  }

  @Test
  void shouldHandOverAllThatShareARunAtOnce() {
    LaterEngine.mostPictures = 8;
    classify();
    assertThat(LaterEngine.taken).containsExactly(4, 1);
  }

  @Test
  void shouldPrepareThemHereWhenTheyAreMoreThanTheEngineTakes() {
    LaterEngine.mostPictures = 1;
    classify();
    assertThat(LaterEngine.taken).containsExactly(1);
  }
}
