package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.SegmentationMap;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Source;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what each pixel of a picture shows.
 *
 * <pre>{@code
 * try (Segmentor segmentor = Segmentor.open(Path.of("models/deeplab"));
 *     Image image = Image.read(Path.of("street.jpg"))) {
 *   Segmentation map = segmentor.segment(image);
 *   System.out.println(map.name(map.label(10, 20)));
 * }
 * }</pre>
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class Segmentor extends Handle<SegmentationMap, Image, CallOptions, Segmentation> {
  private Segmentor(Model model, HandleOptions options) {
    super(model, options, SegmentationMap.class, CallOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static Segmentor open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<Segmentor> builder(Path model) {
    return HandleBuilder.of(model, Segmentor::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<Segmentor> builder(Model model) {
    return HandleBuilder.of(model, Segmentor::new);
  }

  /** Gives every pixel of the upright picture, or of the region, its class. */
  public Segmentation segment(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public Segmentation segment(Image image, CallOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<Segmentation> segmentBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<Segmentation> segmentBatch(List<Image> images, CallOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<SegmentationMap, Segmentation> call(Image image, CallOptions options) {
    Source source = source(image, options.region());
    return new Call<>(
        source,
        HeadOptions.DEFAULT,
        options.deadline(),
        map -> new Segmentation(map, source.region().x(), source.region().y(), card().labels()));
  }
}
