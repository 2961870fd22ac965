package dev.avocet.bridge;

import dev.avocet.HandleBuilder;
import dev.avocet.Stats;
import dev.avocet.core.model.Model;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the tasks of one network have in common: a handle of a model or a path.
 *
 * @param <H> the Java handle
 */
abstract class PictureKind<H extends AutoCloseable> implements Kind<H> {
  private final Class<H> handle;
  private final Function<Path, HandleBuilder<H>> ofPath;
  private final Function<Model, HandleBuilder<H>> ofModel;
  private final Consumer<H> warmup;
  private final Function<H, Stats> stats;

  PictureKind(
      Class<H> handle,
      Function<Path, HandleBuilder<H>> ofPath,
      Function<Model, HandleBuilder<H>> ofModel,
      Consumer<H> warmup,
      Function<H, Stats> stats) {
    this.handle = handle;
    this.ofPath = ofPath;
    this.ofModel = ofModel;
    this.warmup = warmup;
    this.stats = stats;
  }

  @Override
  public final Class<H> handle() {
    return handle;
  }

  @Override
  public final H create(Source source) {
    return source.open(
        source.has(Layouts.Source.PATH)
            ? ofPath.apply(source.path(Layouts.Source.PATH, "path"))
            : ofModel.apply(source.model(Layouts.Source.PARENT)));
  }

  @Override
  public final void warmup(H handle) {
    warmup.accept(handle);
  }

  @Override
  public final String stats(H handle) {
    return StatsJson.of(stats.apply(handle)).toJson();
  }
}
