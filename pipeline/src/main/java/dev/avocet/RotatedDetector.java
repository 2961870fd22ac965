package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.RotatedBoxes;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Finds objects in pictures, with boxes that are turned as the objects are: ships from above.
 *
 * <pre>{@code
 * try (RotatedDetector detector = RotatedDetector.open(Path.of("models/ships"));
 *     Image image = Image.read(Path.of("harbour.png"))) {
 *   detector.detect(image).forEach(found -> System.out.println(found.corners()));
 * }
 * }</pre>
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class RotatedDetector
    extends Handle<RotatedBoxes, Image, DetectOptions, List<RotatedDetection>> {
  private RotatedDetector(Model model, HandleOptions options) {
    super(model, options, RotatedBoxes.class, DetectOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static RotatedDetector open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<RotatedDetector> builder(Path model) {
    return HandleBuilder.of(model, RotatedDetector::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<RotatedDetector> builder(Model model) {
    return HandleBuilder.of(model, RotatedDetector::new);
  }

  /** Finds objects, best first as the model orders them. */
  public List<RotatedDetection> detect(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public List<RotatedDetection> detect(Image image, DetectOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<List<RotatedDetection>> detectBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<List<RotatedDetection>> detectBatch(List<Image> images, DetectOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<RotatedBoxes, List<RotatedDetection>> call(Image image, DetectOptions options) {
    Source source = source(image, options.region());
    return new Call<>(
        source,
        new HeadOptions(options.scoreThreshold()),
        options.deadline(),
        boxes -> detections(boxes, source.region(), options.classes()));
  }

  private List<RotatedDetection> detections(RotatedBoxes found, Rect region, Set<Integer> classes) {
    List<RotatedDetection> list = new ArrayList<>();
    for (int i = 0; i < found.labels().length; i++) {
      int id = found.labels()[i];
      if (classes.isEmpty() || classes.contains(id)) {
        float[] box = Arrays.copyOfRange(found.boxes(), 5 * i, 5 * i + 5);
        list.add(
            new RotatedDetection(
                id,
                card().label(id),
                found.scores()[i],
                box[0] + region.x(),
                box[1] + region.y(),
                box[2],
                box[3],
                box[4]));
      }
    }
    return List.copyOf(list);
  }
}
