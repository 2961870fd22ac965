package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.ModelCard;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.Runner;
import dev.avocet.preprocess.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Finds objects in pictures.
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
public final class Detector implements AutoCloseable {
  private final Runner<Boxes> runner;
  private final ModelCard card;

  private Detector(Model model, HandleOptions options) {
    this.card = model.card();
    this.runner = Runner.open(model, options, Boxes.class, "Detector");
  }

  /** Opens a model folder or zip file with default options. */
  public static Detector open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<Detector> builder(Path model) {
    return new HandleBuilder<>(() -> Model.open(model), true, Detector::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<Detector> builder(Model model) {
    return new HandleBuilder<>(() -> model, false, Detector::new);
  }

  /** Finds objects, best first as the model orders them. */
  public List<Detection> detect(Image image) {
    return detect(image, DetectOptions.DEFAULT);
  }

  /** Finds objects with options of this call. */
  public List<Detection> detect(Image image, DetectOptions options) {
    return runner.run(call(image, options));
  }

  /**
   * Finds objects in several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<List<Detection>> detectBatch(List<Image> images) {
    return detectBatch(images, DetectOptions.DEFAULT);
  }

  /** The same with options, which hold for every picture. */
  public List<List<Detection>> detectBatch(List<Image> images, DetectOptions options) {
    return runner.runAll(images.stream().map(image -> call(image, options)).toList());
  }

  /**
   * Queues a call; the picture has to stay valid until the future is done. Waiting calls share runs
   * of the network up to the batch size.
   *
   * @throws AvocetException BUSY where the queue is full, CLOSED after close
   */
  public CompletableFuture<List<Detection>> submit(Image image) {
    return submit(image, DetectOptions.DEFAULT);
  }

  /** The same with options; the deadline counts from now. */
  public CompletableFuture<List<Detection>> submit(Image image, DetectOptions options) {
    return runner.submit(call(image, options));
  }

  /**
   * Runs every slot once on a blank picture, so that the first real call is as fast as the rest.
   */
  public void warmup() {
    runner.warmup();
  }

  /** Class names and what else the model says of itself. */
  public ModelCard card() {
    return card;
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

  private Call<Boxes, List<Detection>> call(Image image, DetectOptions options) {
    HeadOptions head = new HeadOptions(options.scoreThreshold());
    Function<Boxes, List<Detection>> answer = boxes -> detections(boxes, options);
    Source source =
        options.region().map(r -> Source.of(image, r)).orElseGet(() -> Source.of(image));
    return new Call<>(source, head, options.deadline(), answer);
  }

  private List<Detection> detections(Boxes boxes, DetectOptions options) {
    float dx = options.region().map(Rect::x).orElse(0);
    float dy = options.region().map(Rect::y).orElse(0);
    List<Detection> found = new ArrayList<>(boxes.size());
    for (int i = 0; i < boxes.size(); i++) {
      int id = boxes.label(i);
      if (options.classes().isEmpty() || options.classes().contains(id)) {
        Box box = new Box(boxes.x1(i) + dx, boxes.y1(i) + dy, boxes.x2(i) + dx, boxes.y2(i) + dy);
        found.add(new Detection(id, card.label(id), boxes.score(i), box));
      }
    }
    return List.copyOf(found);
  }
}
