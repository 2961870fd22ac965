package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds objects in pictures; with their pixels or key points where the model gives such.
 *
 * <pre>{@code
 * try (Detector detector = Detector.open(Path.of("models/parcels"));
 *     Image image = Image.read(Path.of("photo.jpg"))) {
 *   for (Detection d : detector.detect(image)) {
 *     System.out.println(d);
 *   }
 * }
 * }</pre>
 *
 * <p>Pictures may have any format and rotation; boxes are in pixels of the upright picture.
 *
 * <p>Safe from any number of threads: calls share {@code concurrency} slots and wait for a free
 * one. Pictures are borrowed for the call, results owe nothing to the handle. Every method throws
 * {@link AvocetException}: CLOSED after {@link #close}, DEADLINE where no slot was free in time,
 * INVALID_ARG and OUT_OF_RANGE for a picture or region that cannot be processed, FAIL where the
 * network fails or answers NaN.
 */
public final class Detector extends Handle<Boxes, Image, DetectOptions, List<Detection>> {
  Detector(Model model, HandleOptions options) {
    super(model, options, Boxes.class, DetectOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static Detector open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<Detector> builder(Path model) {
    return HandleBuilder.of(model, Detector::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<Detector> builder(Model model) {
    return HandleBuilder.of(model, Detector::new);
  }

  /** Finds objects, best first as the model orders them. */
  public List<Detection> detect(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public List<Detection> detect(Image image, DetectOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<List<Detection>> detectBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<List<Detection>> detectBatch(List<Image> images, DetectOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<Boxes, List<Detection>> call(Image image, DetectOptions options) {
    Source source = source(image, options.region());
    return new Call<>(
        source,
        new HeadOptions(options.scoreThreshold()),
        options.deadline(),
        boxes -> detections(boxes, source.region(), options.classes()));
  }

  private List<Detection> detections(Boxes boxes, Rect region, Set<Integer> classes) {
    int dx = region.x();
    int dy = region.y();
    List<Detection> found = new ArrayList<>(boxes.size());
    for (int i = 0; i < boxes.size(); i++) {
      int id = boxes.label(i);
      if (classes.isEmpty() || classes.contains(id)) {
        Box box = new Box(boxes.x1(i) + dx, boxes.y1(i) + dy, boxes.x2(i) + dx, boxes.y2(i) + dy);
        found.add(
            new Detection(
                id,
                card().label(id),
                boxes.score(i),
                box,
                boxes.mask(i).map(mask -> mask.movedBy(dx, dy)),
                boxes
                    .keyPoints(i)
                    .map(points -> KeyPoint.listOf(points, region))
                    .orElse(List.of())));
      }
    }
    return List.copyOf(found);
  }
}
