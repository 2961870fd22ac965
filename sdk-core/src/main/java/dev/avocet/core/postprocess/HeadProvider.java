package dev.avocet.core.postprocess;

import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import java.util.Set;

/**
 * Makes heads of one kind; found by {@link java.util.ServiceLoader}. Adding a head = one class and
 * one line in {@code META-INF/services}.
 */
public interface HeadProvider {
  /** The {@code module} in {@code pipeline.json}, for example {@code mmdet}. */
  String module();

  /** The {@code component} in {@code pipeline.json}, for example {@code ResizeBBox}. */
  String component();

  /** Further names of the component: those of networks that are decoded in the same way. */
  default Set<String> aliases() {
    return Set.of();
  }

  /** Whether this makes the head that {@code pipeline.json} calls so. */
  default boolean makes(String module, String component) {
    return module().equals(module)
        && (component().equals(component) || aliases().contains(component));
  }

  /**
   * Makes a head for one slot.
   *
   * @param params the task's {@code params}, empty where it has none
   * @param files of the model, for dictionaries and the like; read while creating, not kept
   * @throws dev.avocet.core.AvocetException INVALID_ARG, naming file and JSON path; as {@link
   *     ModelFiles#read}
   */
  Head<?> create(Params params, ModelFiles files);
}
