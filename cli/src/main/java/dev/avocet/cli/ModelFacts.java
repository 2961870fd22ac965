package dev.avocet.cli;

import dev.avocet.Classifier;
import dev.avocet.Detector;
import dev.avocet.PoseDetector;
import dev.avocet.Restorer;
import dev.avocet.RotatedDetector;
import dev.avocet.Segmentor;
import dev.avocet.TextDetector;
import dev.avocet.TextRecognizer;
import dev.avocet.VideoRecognizer;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.postprocess.Labels;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.postprocess.RotatedBoxes;
import dev.avocet.core.postprocess.SegmentationMap;
import dev.avocet.core.postprocess.TextLine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Questions about a model that several commands ask. */
final class ModelFacts {
  /** The handles, by what a model's head decodes to. */
  private static final Map<Class<?>, Class<?>> HANDLES =
      Map.of(
          Boxes.class, Detector.class,
          Image.class, Restorer.class,
          KeyPoints.class, PoseDetector.class,
          Labels.class, Classifier.class,
          Quads.class, TextDetector.class,
          RotatedBoxes.class, RotatedDetector.class,
          SegmentationMap.class, Segmentor.class,
          TextLine.class, TextRecognizer.class);

  /** How the command line uses a handle. */
  private static final Map<Class<?>, String> USES =
      Map.of(
          Classifier.class, "classify -m",
          Detector.class, "detect -m",
          PoseDetector.class, "pose -m",
          Restorer.class, "restore -m",
          RotatedDetector.class, "rotate -m",
          Segmentor.class, "segment -m",
          TextDetector.class, "ocr -m",
          TextRecognizer.class, "ocr --rec",
          VideoRecognizer.class, "action -m");

  /** Decodes classes like a classifier's head, but of clips. */
  private static final String CLIPS = "mmaction";

  private ModelFacts() {}

  /** The task of a kind, where the pipeline has exactly one. */
  static <S extends TaskSpec> Optional<S> only(Model model, Class<S> type) {
    var found = model.pipeline().tasks().stream().filter(type::isInstance).map(type::cast).toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * The network of a model that has one.
   *
   * @throws AvocetException NOT_SUPPORTED where it has several
   */
  static TaskSpec.Network network(Model model) {
    return only(model, TaskSpec.Network.class)
        .orElseThrow(() -> AvocetException.notSupported("a model of several networks"));
  }

  /** The handle that opens the model, where there is one yet. */
  static Optional<Class<?>> handle(Model model) {
    return only(model, TaskSpec.Postprocess.class)
        .flatMap(
            post ->
                ServiceLoader.load(HeadProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(p -> p.makes(post.module(), post.component()))
                    .findFirst()
                    .map(p -> p.create(post.params(), model.files()).resultType())
                    .map(
                        type ->
                            post.module().equals(CLIPS)
                                ? VideoRecognizer.class
                                : HANDLES.get(type)));
  }

  /**
   * Ends the command where a model is for another handle, with the command that takes it.
   *
   * @param actual the handle that the model at {@code path} is for
   */
  static void expect(Class<?> wanted, Class<?> actual, Path path) {
    if (actual != wanted) {
      throw new CommandFailure(
          CommandFailure.MODEL,
          "%s is a model for a %s, not for a %s: use 'avocet %s %s'"
              .formatted(
                  path, actual.getSimpleName(), wanted.getSimpleName(), USES.get(actual), path),
          null);
    }
  }
}
