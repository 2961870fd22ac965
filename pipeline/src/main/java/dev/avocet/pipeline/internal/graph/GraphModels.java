package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.pipeline.internal.Closing;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The models that Inference nodes name, each opened once; those given stay the caller's. */
final class GraphModels implements AutoCloseable {
  private final Map<String, Model> given;
  private final Map<Path, Model> opened = new HashMap<>();

  GraphModels(Map<String, Model> given) {
    this.given = given;
  }

  /**
   * The model of a node.
   *
   * @throws AvocetException FILE_NOT_FOUND, or as {@link Model#open} with the node's path
   */
  Model find(TaskSpec.Inference node, Place place) {
    Model named = given.get(node.model());
    if (named != null) {
      return named;
    }
    try {
      Path path = place.folder().resolve(node.model()).toAbsolutePath().normalize();
      Model model = opened.get(path);
      if (model == null) {
        if (!Files.exists(path)) {
          throw missing(node, path.toString());
        }
        model = Model.open(path);
        opened.put(path, model);
      }
      return model;
    } catch (InvalidPathException e) {
      throw missing(node, e.getMessage());
    }
  }

  private AvocetException missing(TaskSpec.Inference node, String looked) {
    return new AvocetException(
        Status.FILE_NOT_FOUND,
        "%s.params.model: there is no model \"%s\": give one of the names %s or the path of a folder"
                .formatted(node.where(), node.model(), new TreeSet<>(given.keySet()))
            + " or zip file (looked at "
            + looked
            + ")");
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>(opened.values());
    Closing.all(all);
  }

  void logUnreadKeys() {
    opened.values().forEach(Model::logUnreadKeys);
  }
}
