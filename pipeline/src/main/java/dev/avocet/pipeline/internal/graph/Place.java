package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a pipeline stands: what its networks and relative paths refer to.
 *
 * @param model whose networks Net nodes name; none for a pipeline that is a file of its own
 * @param folder that paths of models start from
 * @param via path of the nodes that led here, empty or ending in an arrow
 */
public record Place(Optional<Model> model, Path folder, String via) {
  /** The place of a model's own pipeline. */
  public static Place of(Model model) {
    return inside(model, "");
  }

  /** The place of a pipeline that is a file of its own. */
  public static Place of(Path file) {
    return new Place(Optional.empty(), parent(file), "");
  }

  /** The place of a pipeline that is a text. */
  public static Place in(Path folder) {
    return new Place(Optional.empty(), folder.toAbsolutePath(), "");
  }

  static Place inside(Model model, String via) {
    Path origin = Path.of(model.files().origin());
    return new Place(Optional.of(model), Files.isDirectory(origin) ? origin : parent(origin), via);
  }

  private static Path parent(Path file) {
    return file.toAbsolutePath().getParent();
  }

  Model needModel(String where) {
    return model.orElseThrow(
        () ->
            AvocetException.invalidArgument(
                where
                    + ": a Net needs a deploy.json beside the pipeline: put both into a model folder,"
                    + " or use an Inference node"));
  }
}
