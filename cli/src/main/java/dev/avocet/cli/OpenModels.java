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
   *
   * @param task the handle that the model is for
   */
  <H> H open(
      Path path, Class<?> task, Function<Model, HandleBuilder<H>> builder, Consumer<H> close) {
    try (Model model = model(path, task)) {
      return open(builder.apply(model), close);
    }
  }

  /** Opens a handle. */
  <H> H open(HandleBuilder<H> builder, Consumer<H> close) {
    H opened = options.open(builder);
    open.push(() -> close.accept(opened));
    return opened;
  }

  /** Opens a model without a handle, as {@link #open} does; the caller closes it. */
  Model model(Path path, Class<?> task) {
    // Checked before the model is looked for.
    options.net();
    return CommandFailure.orExit(
        CommandFailure.MODEL,
        () -> {
          Model model = Model.open(path);
          try {
            ModelFacts.handle(model).ifPresent(actual -> ModelFacts.expect(task, actual, path));
            return model;
          } catch (RuntimeException e) {
            model.close();
            throw e;
          }
        });
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
