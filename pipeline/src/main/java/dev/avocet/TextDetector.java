package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds where there is text in pictures; a {@link TextRecognizer} reads it.
 *
 * <pre>{@code
 * try (TextDetector detector = TextDetector.open(Path.of("models/dbnet"));
 *     Image image = Image.read(Path.of("sign.jpg"))) {
 *   detector.detect(image).forEach(region -> System.out.println(region.quad()));
 * }
 * }</pre>
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class TextDetector extends Handle<Quads, Image, DetectOptions, List<TextRegion>> {
  private TextDetector(Model model, HandleOptions options) {
    super(model, options, Quads.class, DetectOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static TextDetector open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<TextDetector> builder(Path model) {
    return HandleBuilder.of(model, TextDetector::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<TextDetector> builder(Model model) {
    return HandleBuilder.of(model, TextDetector::new);
  }

  /** Finds regions of text, as the model orders them. */
  public List<TextRegion> detect(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public List<TextRegion> detect(Image image, DetectOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<List<TextRegion>> detectBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<List<TextRegion>> detectBatch(List<Image> images, DetectOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<Quads, List<TextRegion>> call(Image image, DetectOptions options) {
    Source source = source(image, options.region());
    boolean wanted = options.classes().isEmpty() || options.classes().contains(0);
    return new Call<>(
        source,
        new HeadOptions(options.scoreThreshold()),
        options.deadline(),
        quads -> wanted ? regions(quads, source.region()) : List.of());
  }

  private static List<TextRegion> regions(Quads found, Rect region) {
    return IntStream.range(0, found.quads().size())
        .mapToObj(
            i -> {
              Quad quad = found.quads().get(i).movedBy(region.x(), region.y());
              return new TextRegion(quad, found.scores()[i]);
            })
        .toList();
  }
}
