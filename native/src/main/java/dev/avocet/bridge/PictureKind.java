package dev.avocet.bridge;

import dev.avocet.HandleBuilder;
import dev.avocet.Stats;
import dev.avocet.core.model.Model;
import java.nio.file.Path;

/**
 * What the tasks of one network have in common: a handle of a model or a path.
 *
 * @param <H> the Java handle
 */
abstract class PictureKind<H extends AutoCloseable> implements Kind<H> {
  private final Class<H> handle;

  PictureKind(Class<H> handle) {
    this.handle = handle;
  }

  abstract HandleBuilder<H> builder(Path model);

  abstract HandleBuilder<H> builder(Model model);

  abstract Stats counts(H handle);

  @Override
  public final Class<H> handle() {
    return handle;
  }

  @Override
  public final H create(Source source) {
    return source.open(
        source.has(Layouts.Source.PATH)
            ? builder(source.path(Layouts.Source.PATH, "path"))
            : builder(source.model(Layouts.Source.PARENT)));
  }

  @Override
  public final String stats(H handle) {
    return StatsJson.of(counts(handle)).toJson();
  }
}
