package dev.avocet.pipeline.internal.graph;

import dev.avocet.Answer;
import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.Boards;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.PipelineSpec;
import dev.avocet.pipeline.internal.HandleOptions;
import dev.avocet.pipeline.internal.UnitAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A compiled pipeline that runs. Nodes run in the thread that starts a run and in a few threads of
 * this graph, networks in their own; none of them waits for another, so that any number of runs
 * makes progress with this number of threads. Thread safe.
 */
public final class Graph implements AutoCloseable {
  /** Samples of one run that are on their way at a time: bounds what waits in the queues. */
  private static final int WINDOW = 32;

  private final PipelineSpec spec;
  private final Compiled compiled;
  private final Entrance entrance;
  private final ExecutorService executor;

  private Graph(PipelineSpec spec, Compiled compiled, HandleOptions options) {
    this.spec = spec;
    this.compiled = compiled;
    this.entrance = new Entrance(options.queueCapacity());
    this.executor = executor();
  }

  /**
   * Checks a pipeline, opens its networks and starts it.
   *
   * @throws AvocetException as {@link dev.avocet.Pipeline#open}
   */
  public static Graph open(
      PipelineSpec spec, Place place, Map<String, Model> models, HandleOptions options) {
    return new Graph(spec, GraphCompiler.compile(spec, place, models, options), options);
  }

  private static ExecutorService executor() {
    int threads = Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "avocet-pipeline-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** What the pipeline is made of. */
  public PipelineSpec spec() {
    return spec;
  }

  /** Runs samples and waits for the answer; {@code samples} has the inputs of each, in order. */
  public Answer run(List<List<Value>> samples) {
    entrance.enter();
    CompletableFuture<Answer> future = new CompletableFuture<>();
    Run run = start(samples, future);
    boolean interrupted = false;
    while (true) {
      try {
        Answer answer = future.get();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return answer;
      } catch (InterruptedException e) {
        // The pictures are read until the run has ended: it is told to, and waited for.
        interrupted = true;
        run.fail(new AvocetException(Status.CANCELLED, "the thread was interrupted", e));
      } catch (ExecutionException e) {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        throw failure(e.getCause());
      }
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof AvocetException e) {
      return new AvocetException(e.status(), e.getMessage(), e);
    }
    return new AvocetException(Status.FAIL, String.valueOf(cause), cause);
  }

  /** Starts a run; its future is completed outside of the graph's own threads. */
  @SuppressWarnings("FutureReturnValueIgnored") // it passes all failures on to the caller's future
  public CompletableFuture<Answer> submit(List<List<Value>> samples) {
    entrance.enterNow();
    CompletableFuture<Answer> future = new CompletableFuture<>();
    CompletableFuture<Answer> callers = new CompletableFuture<>();
    future.whenCompleteAsync(
        (answer, e) -> {
          if (e != null) {
            callers.completeExceptionally(e);
          } else if (!callers.complete(answer)) {
            answer.close();
          }
        });
    start(samples, future);
    return callers;
  }

  private Run start(List<List<Value>> samples, CompletableFuture<Answer> future) {
    Value[][] answers = new Value[samples.size()][];
    Run[] self = new Run[1];
    Run run = new Run(() -> end(self[0], answers, future));
    self[0] = run;
    AtomicInteger next = new AtomicInteger();
    Turn.take(
        run,
        executor,
        turn -> {
          for (int i = 0; i < WINDOW; i++) {
            startNext(samples, next, answers, turn);
          }
        });
    run.leave();
    return run;
  }

  private void startNext(
      List<List<Value>> samples, AtomicInteger next, Value[][] answers, Turn turn) {
    int i = next.getAndIncrement();
    if (i < samples.size() && turn.run().failure() == null) {
      compiled
          .node()
          .start(
              samples.get(i),
              turn,
              (made, later) -> {
                answers[i] = made.toArray(Value[]::new);
                later.defer(() -> startNext(samples, next, answers, later));
              });
    }
  }

  private void end(Run run, Value[][] answers, CompletableFuture<Answer> future) {
    Answer answer = null;
    try {
      if (run.failure() == null) {
        answer = answer(run, answers);
      } else {
        run.closeOwned();
      }
    } finally {
      entrance.leave();
    }
    if (answer == null) {
      future.completeExceptionally(run.failure());
    } else {
      future.complete(answer);
    }
  }

  private Answer answer(Run run, Value[][] answers) {
    Map<String, List<Value>> outputs = new LinkedHashMap<>();
    boolean pictures = false;
    for (int o = 0; o < spec.outputs().size(); o++) {
      List<Value> values = new ArrayList<>(answers.length);
      for (Value[] sample : answers) {
        values.add(sample[o]);
      }
      outputs.put(spec.outputs().get(o), values);
      pictures |= !UnitAnswer.pictures(values).isEmpty();
    }
    if (pictures) {
      return new Answer(outputs, run.owned());
    }
    run.closeOwned();
    return new Answer(outputs, List.of());
  }

  /** Runs every network once on a blank picture. */
  public void warmup() {
    compiled.networks().values().forEach(network -> network.runner().warmup());
  }

  /** Counts and times of each network, by the path of its node; one reading of the board. */
  public Map<String, Stats> stats() {
    BoardReading board = Boards.here().read();
    Map<String, Stats> stats = new LinkedHashMap<>();
    compiled.networks().forEach((path, network) -> stats.put(path, network.runner().stats(board)));
    return stats;
  }

  /** Lets nobody in any more, waits for the runs under way and frees everything. */
  @Override
  public void close() {
    entrance.close();
    executor.shutdown();
    compiled.close();
  }
}
