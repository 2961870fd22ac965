package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Says what a picture shows, as a whole.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.open(Path.of("models/squeezenet"));
 *     Image image = Image.read(Path.of("photo.jpg"))) {
 *   System.out.println(classifier.classify(image).get(0).label());
 * }
 * }</pre>
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class Classifier extends Handle<Labels, Image, ClassifyOptions, List<Classification>> {
  private Classifier(Model model, HandleOptions options) {
    super(model, options, Labels.class, ClassifyOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static Classifier open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<Classifier> builder(Path model) {
    return HandleBuilder.of(model, Classifier::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<Classifier> builder(Model model) {
    return HandleBuilder.of(model, Classifier::new);
  }

  /** Names classes, best first; those of a model with several labels a picture by number. */
  public List<Classification> classify(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public List<Classification> classify(Image image, ClassifyOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<List<Classification>> classifyBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<List<Classification>> classifyBatch(List<Image> images, ClassifyOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<Labels, List<Classification>> call(Image image, ClassifyOptions options) {
    return new Call<>(
        source(image, options.region()),
        new HeadOptions(OptionalDouble.empty(), options.topK()),
        options.deadline(),
        labels -> Classification.listOf(labels, card()));
  }
}
