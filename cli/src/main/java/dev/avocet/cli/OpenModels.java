package dev.avocet.cli;

import dev.avocet.HandleBuilder;
import dev.avocet.core.model.Model;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Function;

/** The models that a command has opened; they are closed together. Confined to one thread. */
final class OpenModels implements AutoCloseable {
  private final ModelOptions options;
  private final Deque<Runnable> open = new ArrayDeque<>();

  OpenModels(ModelOptions options) {
    this.options = options;
  }

  /**
   * Opens a handle on a model; ends the command where the model is not one for it, naming the
   * command that is.
   */
  <H> H open(
      Path path, Class<H> handle, Function<Model, HandleBuilder<H>> builder, Consumer<H> close) {
    // Checked before the model is looked for.
    options.net();
    try (Model model = CommandFailure.orExit(CommandFailure.MODEL, () -> Model.open(path))) {
      CommandFailure.orExit(CommandFailure.MODEL, () -> ModelFacts.handle(model))
          .ifPresent(other -> ModelFacts.expect(handle, other, path));
      H opened = options.open(builder.apply(model));
      open.push(() -> close.accept(opened));
      return opened;
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
