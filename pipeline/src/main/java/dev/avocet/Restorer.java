package dev.avocet;

import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Makes pictures out of pictures: super-resolution, denoising, deblurring.
 *
 * <pre>{@code
 * try (Restorer restorer = Restorer.open(Path.of("models/srcnn"));
 *     Image small = Image.read(Path.of("small.png"));
 *     Image large = restorer.restore(small)) {
 *   ImageCodec.installed().write(large, Path.of("large.png"));
 * }
 * }</pre>
 *
 * <p>Safe from any number of threads. Answers are RGB or GRAY8 and belong to the caller, who closes
 * them. Failures are those of {@link Detector}.
 */
public final class Restorer extends Handle<Image, Image, CallOptions, Image> {
  private Restorer(Model model, HandleOptions options) {
    super(model, options, Image.class, CallOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static Restorer open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<Restorer> builder(Path model) {
    return HandleBuilder.of(model, Restorer::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<Restorer> builder(Model model) {
    return HandleBuilder.of(model, Restorer::new);
  }

  /** Restores a picture. */
  public Image restore(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public Image restore(Image image, CallOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<Image> restoreBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<Image> restoreBatch(List<Image> images, CallOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<Image, Image> call(Image image, CallOptions options) {
    return new Call<>(
        source(image, options.region()),
        HeadOptions.DEFAULT,
        options.deadline(),
        Function.identity());
  }
}
