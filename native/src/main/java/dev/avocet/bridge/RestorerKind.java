package dev.avocet.bridge;

import dev.avocet.Restorer;

/** Restorers; {@code avocet/restorer.h}. */
final class RestorerKind extends PictureKind<Restorer> {
  RestorerKind() {
    super(Restorer.class, Restorer::builder, Restorer::builder, Restorer::warmup, Restorer::stats);
  }

  @Override
  public Result apply(Restorer handle, Input input) {
    return new PictureResult(handle.restoreBatch(input.images(), input.options().plain()));
  }
}
