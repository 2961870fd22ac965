package dev.avocet.core.graph;

import dev.avocet.core.model.Params;

/**
 * Makes modules of one kind; found by {@link java.util.ServiceLoader}. Adding a module = one class
 * and one line in {@code META-INF/services}.
 */
public interface PipelineModuleProvider {
  /** The {@code module} in {@code pipeline.json}, for example {@code CropBox}. */
  String name();

  /**
   * Makes a module.
   *
   * @param params the task's {@code params}, empty where it has none
   * @throws dev.avocet.core.AvocetException INVALID_ARG, naming file and JSON path
   */
  PipelineModule create(Params params);
}
