package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.AvocetException;
import dev.avocet.core.graph.PipelineModule;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.model.TaskSpec;
import java.util.List;
import java.util.ServiceLoader;

/** Finds modules on the class path. */
final class Modules {
  private Modules() {}

  static PipelineModule create(TaskSpec.Module task) {
    List<PipelineModuleProvider> all =
        ServiceLoader.load(PipelineModuleProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return all.stream()
        .filter(provider -> provider.name().equals(task.module()))
        .findFirst()
        .orElseThrow(
            () ->
                AvocetException.notSupported(
                    "%s.module: unknown module \"%s\"; known are Transform, Net, %s, and heads, which"
                            .formatted(
                                task.where(),
                                task.module(),
                                String.join(
                                    ", ",
                                    all.stream()
                                        .map(PipelineModuleProvider::name)
                                        .sorted()
                                        .toList()))
                        + " have a component"))
        .create(task.params());
  }
}
