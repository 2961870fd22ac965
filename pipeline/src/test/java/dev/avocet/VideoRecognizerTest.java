package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoRecognizerTest {
  @TempDir Path folder;
  private final List<Image> frames = new ArrayList<>();

  @AfterEach
  void closeFrames() {
    frames.forEach(Image::close);
  }

  /** Clips of one grey frame each. */
  private VideoClips clips(int... greys) {
    int from = frames.size();
    for (int grey : greys) {
      frames.add(Painting.of(8, 6, 0x010101 * grey));
    }
    return new VideoClips(frames.subList(from, frames.size()), 1);
  }

  @Test
  void shouldNameTheBrightestFramesOfClips() throws IOException {
    try (VideoRecognizer recognizer = VideoRecognizer.open(TaskModels.videoRecognizer(folder))) {
      VideoClips video = clips(10, 200, 30, 100);
      List<Classification> found = recognizer.recognize(video);
      assertThat(found).extracting(Classification::classId).containsExactly(1, 3);
      assertThat(found.get(0).score()).isEqualTo(200);
      assertThat(recognizer.recognize(video, ClassifyOptions.DEFAULT.withTopK(1)))
          .containsExactly(found.get(0));
      Painting.fill(frames.get(0), new Rect(2, 2, 3, 3), 0xffffff);
      ClassifyOptions region = ClassifyOptions.DEFAULT.withRegion(new Rect(2, 2, 3, 3));
      assertThat(recognizer.recognize(video, region).get(0).score()).isEqualTo(255);
      assertThat(recognizer.submit(video).join()).isEqualTo(found);
      recognizer.warmup();
    }
  }

  @Test
  void shouldAnswerBatchesOfVideosInTheirOrder() throws IOException {
    try (VideoRecognizer recognizer = VideoRecognizer.open(TaskModels.videoRecognizer(folder))) {
      VideoClips a = clips(9, 8, 7);
      VideoClips b = clips(1, 2);
      VideoClips c = clips(1, 2, 3);
      long before = recognizer.stats().stages().get(1).count();
      assertThat(recognizer.recognizeBatch(List.of(a, b, c)))
          .extracting(found -> found.get(0).classId())
          .containsExactly(0, 1, 2);
      assertThat(recognizer.stats().stages().get(1).count() - before)
          .as("a run for those of three frames, and one for the other")
          .isEqualTo(2);
    }
  }

  @Test
  void shouldWarmUpAsManyFramesAsTheNetworkTakes() throws IOException {
    byte[] onnx =
        new TinyOnnx()
            .input("input", TinyOnnx.FLOAT, 1, 6, 3, 4, -1, -1)
            .node("ReduceMean", new String[] {"input"}, "mean")
            .node("Flatten", new String[] {"mean"}, "output")
            .output("output", TinyOnnx.FLOAT, 1, 1)
            .build();
    TaskModels.videoRecognizer(folder);
    Files.write(folder.resolve("end2end.onnx"), onnx);
    Path pipeline = folder.resolve("pipeline.json");
    String text = Files.readString(pipeline).replace("\"NCHW\"", "\"NCTHW\"");
    String crop = "{\"type\": \"ThreeCrop\", \"crop_size\": [480, 480]}";
    Files.writeString(pipeline, text.replace("\"to_rgb\": true}", "\"to_rgb\": true}, " + crop));
    try (VideoRecognizer recognizer = VideoRecognizer.open(folder)) {
      // Three crops of two clips of four frames.
      recognizer.warmup();
      assertThat(recognizer.stats().stages().get(1).count()).isEqualTo(1);
    }
  }

  @Test
  void shouldSayWhyAModelOrAVideoDoesNotFit() throws IOException {
    TaskModels.classifier(folder);
    AvocetException picture = TestModels.failure(() -> VideoRecognizer.open(folder).close());
    assertThat(picture.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(picture)
        .hasMessageContaining("a VideoRecognizer needs a network that takes clips of frames");
    TaskModels.videoRecognizer(folder);
    Path pipeline = folder.resolve("pipeline.json");
    Files.writeString(
        pipeline,
        Files.readString(pipeline)
            .replaceFirst(
                "\\{\"type\": \"Lift\".*", TestModels.LOAD + "," + TestModels.TAIL + "]},"));
    AvocetException list = TestModels.failure(() -> VideoRecognizer.open(folder).close());
    assertThat(list.status()).isEqualTo(Status.INVALID_ARG);
    assertThat(list)
        .hasMessageContaining("preprocessing makes single pictures")
        .hasMessageContaining("end with FormatShape");
    clips(1, 2, 3);
    assertThat(TestModels.failure(() -> new VideoClips(frames, 2)))
        .hasMessage(
            "frames=3 clipLength=2: expected a multiple of the clip's length, at least one clip");
    assertThat(TestModels.failure(() -> new VideoClips(List.of(), 1)).status())
        .isEqualTo(Status.INVALID_ARG);
  }
}
