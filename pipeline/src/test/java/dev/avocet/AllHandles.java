package dev.avocet;

import dev.avocet.core.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One handle of every task, each on a tiny model, for tests of what they have in common. */
final class AllHandles {
  /** Writes a model folder. */
  interface ModelWriter {
    Path write(Path folder) throws IOException;
  }

  /**
   * A kind of handle.
   *
   * @param input makes a call's input of a picture
   */
  record Kind<H extends Handle<?, I, ?, ?>, I>(
      String name,
      ModelWriter model,
      Function<Path, HandleBuilder<H>> builder,
      Function<Image, I> input) {
    /** The verb of a handle, whatever it is called. */
    @SuppressWarnings("unchecked") // opened by this kind's builder
    Object run(Handle<?, ?, ?, ?> handle, Image image) {
      Handle<?, I, Object, ?> mine = (Handle<?, I, Object, ?>) handle;
      return mine.run(input.apply(image), mine.defaults());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final float[] BOXES = {10, 20, 110, 220, 0.9f, 5, 5, 50, 50, 0.8f};
  private static final float[] MASKS = {1, 0, 1, 0, 0, 0, 1, 1};
  private static final float[] TURNED = {40, 30, 20, 10, 0.5f, 0.9f};

  private AllHandles() {}

  private static <H extends Handle<?, Image, ?, ?>> Kind<H, Image> pictures(
      String name, ModelWriter model, Function<Path, HandleBuilder<H>> builder) {
    return new Kind<>(name, model, builder, Function.identity());
  }

  static Stream<Kind<?, ?>> kinds() {
    return Stream.of(
        pictures("Classifier", TaskModels::classifier, Classifier::builder),
        pictures(
            "Detector",
            folder -> TestModels.maskDetector(folder, BOXES, MASKS, 1, 2),
            Detector::builder),
        pictures("Segmentor", TaskModels::segmentor, Segmentor::builder),
        pictures("Restorer", TestModels::identityRestorer, Restorer::builder),
        pictures("TextDetector", TaskModels::textDetector, TextDetector::builder),
        pictures("TextRecognizer", TaskModels::textRecognizer, TextRecognizer::builder),
        pictures("PoseDetector", TaskModels::poseDetector, PoseDetector::builder),
        pictures(
            "RotatedDetector",
            folder -> TaskModels.rotatedDetector(folder, TURNED, 1),
            RotatedDetector::builder),
        new Kind<VideoRecognizer, VideoClips>(
            "VideoRecognizer",
            TaskModels::videoRecognizer,
            VideoRecognizer::builder,
            image -> new VideoClips(Collections.nCopies(3, image), 1)));
  }

  static List<Kind<?, ?>> list() {
    return kinds().toList();
  }
}
