package dev.avocet.pipeline.internal.graph;

import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.pipeline.internal.Call;
import dev.avocet.pipeline.internal.Runner;
import dev.avocet.pipeline.internal.UnitAnswer;
import dev.avocet.preprocess.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one thread does for a run without waiting: nodes run, and the calls of networks that they
 * ask for are handed over together at the end, so that all regions of a picture reach the network's
 * queue at once and share its runs. Confined to one thread.
 */
final class Turn {
  private record Wanted(NetworkNode network, Source source, Node.Done done) {}

  private final Run run;
  private final Executor executor;
  private final Map<Runner<UnitAnswer>, List<Wanted>> calls = new LinkedHashMap<>();
  private final Queue<Runnable> deferred = new ArrayDeque<>();

  private Turn(Run run, Executor executor) {
    this.run = run;
    this.executor = executor;
  }

  /** Takes a turn in this thread; what fails fails the run. */
  static void take(Run run, Executor executor, Consumer<Turn> work) {
    run.enter();
    try {
      Turn turn = new Turn(run, executor);
      work.accept(turn);
      while (!turn.deferred.isEmpty()) {
        turn.deferred.remove().run();
      }
      turn.handOver();
    } catch (RuntimeException | Error e) {
      run.fail(Run.at("pipeline", e));
    } finally {
      run.leave();
    }
  }

  Run run() {
    return run;
  }

  /** Does something later in this turn, so that the stack stays short. */
  void defer(Runnable work) {
    deferred.add(work);
  }

  /** Wants a network to run. */
  void call(NetworkNode network, Source source, Node.Done done) {
    calls
        .computeIfAbsent(network.runner(), r -> new ArrayList<>())
        .add(new Wanted(network, source, done));
  }

  private void handOver() {
    calls.forEach(
        (runner, wanted) -> {
          int most = runner.maxBatch();
          for (int from = 0; from < wanted.size() && run.failure() == null; from += most) {
            submit(runner, wanted.subList(from, Math.min(wanted.size(), from + most)));
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // answered() catches all failures for the run
  private void submit(Runner<UnitAnswer> runner, List<Wanted> wanted) {
    String where = wanted.get(0).network.where();
    List<Call<UnitAnswer, UnitAnswer>> batch =
        wanted.stream()
            .map(
                w ->
                    new Call<UnitAnswer, UnitAnswer>(
                        w.source, HeadOptions.DEFAULT, Optional.empty(), Function.identity()))
            .toList();
    run.enter();
    try {
      CompletableFuture<List<UnitAnswer>> future = runner.submitAll(batch, () -> {});
      // Nodes do not run in the network's own thread, which has the next batch to do.
      future.whenCompleteAsync((answers, e) -> answered(where, wanted, answers, e), executor);
    } catch (RuntimeException e) {
      run.fail(Run.at(where, e));
      run.leave();
    }
  }

  private void answered(
      String where, List<Wanted> wanted, List<UnitAnswer> answers, Throwable failure) {
    try {
      if (failure != null) {
        run.fail(Run.at(where, failure));
        return;
      }
      answers.forEach(answer -> answer.pictures().forEach(run::own));
      if (run.failure() == null) {
        take(
            run,
            executor,
            turn -> {
              for (int i = 0; i < wanted.size(); i++) {
                wanted.get(i).done.accept(answers.get(i).values(), turn);
              }
            });
      }
    } finally {
      run.leave();
    }
  }
}
