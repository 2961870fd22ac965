package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.Runner;
import dev.avocet.preprocess.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
public final class Restorer implements AutoCloseable {
  private final Runner<Image> runner;

  private Restorer(Model model, HandleOptions options) {
    this.runner = Runner.open(model, options, Image.class, "Restorer");
  }

  /** Opens a model folder or zip file with default options. */
  public static Restorer open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<Restorer> builder(Path model) {
    return new HandleBuilder<>(() -> Model.open(model), true, Restorer::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<Restorer> builder(Model model) {
    return new HandleBuilder<>(() -> model, false, Restorer::new);
  }

  /** Restores one picture. */
  public Image restore(Image image) {
    return runner.run(call(image));
  }

  /** Restores several pictures; answers in the order given. */
  public List<Image> restoreBatch(List<Image> images) {
    return runner.runAll(images.stream().map(Restorer::call).toList());
  }

  /**
   * Queues a call; the picture has to stay valid until the future is done.
   *
   * @throws AvocetException BUSY where the queue is full, CLOSED after close
   */
  public CompletableFuture<Image> submit(Image image) {
    return runner.submit(call(image));
  }

  /** Runs every slot once on a blank picture. */
  public void warmup() {
    runner.warmup();
  }

  /** Counts and times of all calls so far. */
  public Stats stats() {
    return runner.stats();
  }

  /** Waits for the calls in flight and frees everything; later calls get CLOSED. */
  @Override
  public void close() {
    runner.close();
  }

  private static Call<Image, Image> call(Image image) {
    return new Call<>(Source.of(image), HeadOptions.DEFAULT, Optional.empty(), Function.identity());
  }
}
