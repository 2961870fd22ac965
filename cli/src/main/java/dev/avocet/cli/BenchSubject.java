package dev.avocet.cli;

import dev.avocet.Classifier;
import dev.avocet.Detector;
import dev.avocet.HandleBuilder;
import dev.avocet.PoseDetector;
import dev.avocet.Restorer;
import dev.avocet.RotatedDetector;
import dev.avocet.Segmentor;
import dev.avocet.Stats;
import dev.avocet.TextDetector;
import dev.avocet.TextRecognizer;
import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A handle of any kind that takes pictures, to be timed.
 *
 * @param call runs it on a picture and frees the answer
 * @param stats asks for its figures
 * @param closing closes it
 */
record BenchSubject(Consumer<Image> call, Supplier<Stats> stats, Runnable closing)
    implements AutoCloseable {
  /**
   * How a handle is used.
   *
   * @param <H> the handle
   */
  private record Kind<H>(
      Function<Model, HandleBuilder<H>> builder,
      BiConsumer<H, Image> call,
      Function<H, Stats> stats,
      Consumer<H> close) {
    BenchSubject open(Model model, ModelOptions options, int concurrency) {
      H handle = options.open(builder.apply(model).concurrency(concurrency));
      return new BenchSubject(
          image -> call.accept(handle, image),
          () -> stats.apply(handle),
          () -> close.accept(handle));
    }
  }

  /** All but those that take clips, of which a picture is none. */
  private static final Map<Class<?>, Kind<?>> KINDS =
      Map.of(
          Classifier.class,
          new Kind<>(
              Classifier::builder, Classifier::classify, Classifier::stats, Classifier::close),
          Detector.class,
          new Kind<>(Detector::builder, Detector::detect, Detector::stats, Detector::close),
          PoseDetector.class,
          new Kind<>(
              PoseDetector::builder,
              PoseDetector::detect,
              PoseDetector::stats,
              PoseDetector::close),
          Restorer.class,
          new Kind<>(
              Restorer::builder,
              (restorer, image) -> restorer.restore(image).close(),
              Restorer::stats,
              Restorer::close),
          RotatedDetector.class,
          new Kind<>(
              RotatedDetector::builder,
              RotatedDetector::detect,
              RotatedDetector::stats,
              RotatedDetector::close),
          Segmentor.class,
          new Kind<>(Segmentor::builder, Segmentor::segment, Segmentor::stats, Segmentor::close),
          TextDetector.class,
          new Kind<>(
              TextDetector::builder,
              TextDetector::detect,
              TextDetector::stats,
              TextDetector::close),
          TextRecognizer.class,
          new Kind<>(
              TextRecognizer::builder,
              TextRecognizer::recognize,
              TextRecognizer::stats,
              TextRecognizer::close));

  /** Opens the handle of a model; ends the command where there is none for pictures. */
  static BenchSubject open(Model model, ModelOptions options, int concurrency) {
    Kind<?> kind = ModelFacts.handle(model).<Kind<?>>map(KINDS::get).orElse(null);
    if (kind == null) {
      throw new CommandFailure(
          CommandFailure.MODEL,
          "%s: there is no handle that takes single pictures for task \"%s\""
              .formatted(model.files().origin(), model.deploy().task()),
          null);
    }
    return kind.open(model, options, concurrency);
  }

  @Override
  public void close() {
    closing.run();
  }
}
