package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Quad;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.TextLine;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Warp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Reads text: a line that fills a picture, or lines that a {@link TextDetector} has found.
 *
 * <pre>{@code
 * List<Quad> lines = detector.detect(image).stream().map(TextRegion::quad).toList();
 * recognizer.recognize(image, lines).forEach(line -> System.out.println(line.text()));
 * }</pre>
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class TextRecognizer extends Handle<TextLine, Image, CallOptions, RecognizedText> {
  private TextRecognizer(Model model, HandleOptions options) {
    super(model, options, TextLine.class, CallOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static TextRecognizer open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<TextRecognizer> builder(Path model) {
    return HandleBuilder.of(model, TextRecognizer::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<TextRecognizer> builder(Model model) {
    return HandleBuilder.of(model, TextRecognizer::new);
  }

  /** Reads the line that the picture shows. */
  public RecognizedText recognize(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public RecognizedText recognize(Image image, CallOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<RecognizedText> recognizeBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<RecognizedText> recognizeBatch(List<Image> images, CallOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<TextLine, RecognizedText> call(Image image, CallOptions options) {
    return new Call<>(
        source(image, options.region()),
        HeadOptions.DEFAULT,
        options.deadline(),
        RecognizedText::of);
  }

  /**
   * Reads the text in these quadrilaterals, each laid flat by {@link Warp#warpQuad}; lines of equal
   * size after preprocessing share runs of the network. Answers in the order given.
   *
   * @param quads corners in order around, in pixels of the upright picture
   * @throws AvocetException as {@link Warp#warpQuad}
   */
  public List<RecognizedText> recognize(Image image, List<Quad> quads) {
    return recognize(image, quads, CallOptions.DEFAULT);
  }

  /**
   * The same with options.
   *
   * @throws AvocetException INVALID_ARG with a region: quadrilaterals are regions already
   */
  public List<RecognizedText> recognize(Image image, List<Quad> quads, CallOptions options) {
    List<Image> lines = flat(image, quads, options);
    try {
      return runAll(lines, options);
    } finally {
      lines.forEach(Image::close);
    }
  }

  /** Queues such a call; the picture is not needed any more when this returns. */
  public CompletableFuture<List<RecognizedText>> submit(Image image, List<Quad> quads) {
    return submit(image, quads, CallOptions.DEFAULT);
  }

  /** The same with options; the deadline counts from now. */
  public CompletableFuture<List<RecognizedText>> submit(
      Image image, List<Quad> quads, CallOptions options) {
    List<Image> lines = flat(image, quads, options);
    return runner()
        .submitAll(
            lines.stream().map(line -> call(line, options)).toList(),
            () -> lines.forEach(Image::close));
  }

  private static List<Image> flat(Image image, List<Quad> quads, CallOptions options) {
    if (options.region().isPresent()) {
      throw AvocetException.invalidArgument(
          "region=%s: quads are regions already, give one or the other"
              .formatted(options.region().get()));
    }
    List<Image> lines = new ArrayList<>();
    try {
      quads.forEach(quad -> lines.add(Warp.warpQuad(image, quad)));
    } catch (RuntimeException e) {
      lines.forEach(Image::close);
      throw e;
    }
    return lines;
  }
}
