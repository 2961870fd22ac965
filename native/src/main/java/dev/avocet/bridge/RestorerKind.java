package dev.avocet.bridge;

import dev.avocet.HandleBuilder;
import dev.avocet.Restorer;
import dev.avocet.Stats;
import dev.avocet.core.model.Model;
import java.nio.file.Path;

/** Restorers; {@code avocet/restorer.h}. */
final class RestorerKind extends PictureKind<Restorer> {
  RestorerKind() {
    super(Restorer.class);
  }

  @Override
  HandleBuilder<Restorer> builder(Path model) {
    return Restorer.builder(model);
  }

  @Override
  HandleBuilder<Restorer> builder(Model model) {
    return Restorer.builder(model);
  }

  @Override
  public Result apply(Restorer handle, Input input) {
    return new PictureResult(handle.restoreBatch(input.images(), input.options().plain()));
  }

  @Override
  public void warmup(Restorer handle) {
    handle.warmup();
  }

  @Override
  Stats counts(Restorer handle) {
    return handle.stats();
  }
}
