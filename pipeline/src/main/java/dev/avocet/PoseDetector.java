package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.RectF;
import dev.avocet.core.model.Model;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.preprocess.Source;
import dev.avocet.preprocess.Warp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the key points of an object that fills a picture or a box, for example of a person that a
 * {@link Detector} has found.
 *
 * <pre>{@code
 * List<Box> people = detector.detect(image).stream().map(Detection::box).toList();
 * List<Pose> poses = poseDetector.detect(image, people);
 * }</pre>
 *
 * <p>A box counts as one pixel wider and higher than its edges say, as the reference's own API of
 * boxes has it ({@code right - left + 1}). A model whose transforms take no boxes is shown the part
 * of the picture that lies in the box.
 *
 * <p>Safe from any number of threads. Failures are those of {@link Detector}.
 */
public final class PoseDetector extends Handle<KeyPoints, Image, CallOptions, Pose> {
  PoseDetector(Model model, HandleOptions options) {
    super(model, options, KeyPoints.class, CallOptions.DEFAULT);
  }

  /** Opens a model folder or zip file with default options. */
  public static PoseDetector open(Path model) {
    return builder(model).open();
  }

  /** Options for a model folder or zip file. */
  public static HandleBuilder<PoseDetector> builder(Path model) {
    return HandleBuilder.of(model, PoseDetector::new);
  }

  /** Options for a model that is open already and stays so. */
  public static HandleBuilder<PoseDetector> builder(Model model) {
    return HandleBuilder.of(model, PoseDetector::new);
  }

  /** Finds the key points of the one object that the picture shows. */
  public Pose detect(Image image) {
    return run(image, defaults());
  }

  /** The same with options. */
  public Pose detect(Image image, CallOptions options) {
    return run(image, options);
  }

  /**
   * The same for several pictures; answers in the order given. Pictures of equal size after
   * preprocessing share runs of the network where the model can batch.
   */
  public List<Pose> detectBatch(List<Image> images) {
    return runAll(images, defaults());
  }

  /** The same with options, which hold for all of them. */
  public List<Pose> detectBatch(List<Image> images, CallOptions options) {
    return runAll(images, options);
  }

  @Override
  Call<KeyPoints, Pose> call(Image image, CallOptions options) {
    Source source = source(image, options.region());
    return call(source, options.deadline());
  }

  /**
   * Finds the key points of the objects in these boxes, as many as fit sharing a run of the
   * network; answers in the boxes' order.
   *
   * @param boxes in pixels of the upright picture; they may reach outside of it
   * @throws AvocetException INVALID_ARG where a box has no area or is not finite, or shows nothing
   *     of the picture to a model whose transforms take no boxes
   */
  public List<Pose> detect(Image image, List<Box> boxes) {
    return detect(image, boxes, CallOptions.DEFAULT);
  }

  /** The same with options; of a region, nothing outside of it is looked at. */
  public List<Pose> detect(Image image, List<Box> boxes, CallOptions options) {
    return runner().runAll(calls(image, boxes, options));
  }

  /** Queues such a call; the picture has to stay valid until the future is done. */
  public CompletableFuture<List<Pose>> submit(Image image, List<Box> boxes) {
    return submit(image, boxes, CallOptions.DEFAULT);
  }

  /** The same with options; the deadline counts from now. */
  public CompletableFuture<List<Pose>> submit(Image image, List<Box> boxes, CallOptions options) {
    return runner().submitAll(calls(image, boxes, options), () -> {});
  }

  private List<Call<KeyPoints, Pose>> calls(Image image, List<Box> boxes, CallOptions options) {
    Source source = source(image, options.region());
    return boxes.stream()
        .map(box -> inside(source.region(), box))
        .map(box -> runner().takesBox() ? source.withBox(box) : part(source, box))
        .map(shown -> call(shown, options.deadline()))
        .toList();
  }

  private static Source part(Source source, RectF box) {
    Rect region = source.region();
    Rect part =
        Warp.cropBox(box, region.width(), region.height())
            .orElseThrow(
                () ->
                    AvocetException.invalidArgument(
                        "%s shows nothing of a picture of %dx%d"
                            .formatted(box, region.width(), region.height())));
    return Source.of(
        source.image(),
        new Rect(region.x() + part.x(), region.y() + part.y(), part.width(), part.height()));
  }

  private static RectF inside(Rect region, Box box) {
    return new RectF(
        box.x1() - region.x(), box.y1() - region.y(), box.width() + 1, box.height() + 1);
  }

  private Call<KeyPoints, Pose> call(Source source, Optional<Duration> deadline) {
    return new Call<>(source, HeadOptions.DEFAULT, deadline, found -> pose(found, source.region()));
  }

  private Pose pose(KeyPoints found, Rect region) {
    List<KeyPoint> points = KeyPoint.listOf(found, region);
    return new Pose(points, card().skeleton(points.size()));
  }
}
