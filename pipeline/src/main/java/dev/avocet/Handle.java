package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Rect;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.ModelCard;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.Runner;
import dev.avocet.preprocess.Source;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the handles of single networks have in common. A handle adds its verb, and how its input
 * becomes a {@link Call}.
 *
 * @param <T> what the model's head decodes to
 * @param <I> what a call takes
 * @param <O> options of a call
 * @param <R> what a call answers
 */
abstract class Handle<T, I, O, R> implements AutoCloseable {
  private final Runner<T> runner;
  private final ModelCard card;
  private final O defaults;

  /** A handle of pictures. */
  Handle(Model model, HandleOptions options, Class<T> decoded, O defaults) {
    this(model, options, decoded, defaults, false);
  }

  /** A handle of pictures or of clips. */
  Handle(Model model, HandleOptions options, Class<T> decoded, O defaults, boolean clips) {
    this.card = model.card();
    this.defaults = defaults;
    this.runner = Runner.open(model, options, decoded, clips, getClass().getSimpleName());
  }

  abstract Call<T, R> call(I input, O options);

  static Source source(Image image, Optional<Rect> region) {
    return region.map(r -> Source.of(image, r)).orElseGet(() -> Source.of(image));
  }

  final Runner<T> runner() {
    return runner;
  }

  final O defaults() {
    return defaults;
  }

  final R run(I input, O options) {
    return runner.run(call(input, options));
  }

  final List<R> runAll(List<I> inputs, O options) {
    return runner.runAll(inputs.stream().map(input -> call(input, options)).toList());
  }

  /**
   * Queues a call; its pictures have to stay valid until the future is done. Waiting calls share
   * runs of the network up to the batch size.
   *
   * <p>Functions that depend on the future run in the thread that works the queue off, the only one
   * where the engine is asynchronous: keep them short, or use the future's methods named {@code
   * …Async}. They may call and close the handle, but must not wait for other futures of it.
   *
   * @throws AvocetException BUSY where the queue is full, CLOSED after close
   */
  public CompletableFuture<R> submit(I input) {
    return submit(input, defaults);
  }

  /** The same with options; the deadline counts from now. */
  public CompletableFuture<R> submit(I input, O options) {
    return runner.submit(call(input, options));
  }

  /**
   * Runs every slot once on a blank picture or clip, so that the first real call is as fast as the
   * rest.
   */
  public void warmup() {
    runner.warmup();
  }

  /** Class names and what else the model says of itself. */
  public ModelCard card() {
    return card;
  }

  /** Counts and times of all calls so far. */
  public Stats stats() {
    return stats(Boards.here().read());
  }

  /** Where another reads the board, for several at once. */
  Stats stats(BoardReading board) {
    return runner.stats(board);
  }

  /** Waits for the calls in flight and frees everything; later calls get CLOSED. */
  @Override
  public void close() {
    runner.close();
  }
}
