package dev.avocet.cli;

import dev.avocet.Stats;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Times handles beside their engines alone, on one device or on several: blocks of calls of the one
 * and of the other alternate, and so do the devices, so that all meet the same states of the
 * machine.
 */
final class Bench {
  static final int LEAST_ALTERNATIONS = 15;

  /** Share of the time for alternations; then all callers call at once. */
  static final double ALTERNATING = 0.75;

  private static final int SLICES = 5;

  /**
   * How it went on one device: a result or a failure.
   *
   * @param failure of the device; an {@link AvocetException}, or a {@link CommandFailure} with one
   */
  record Outcome(Device device, Optional<BenchResult> result, Optional<RuntimeException> failure) {
    /** Why there is no result. */
    AvocetException reason() {
      RuntimeException thrown = failure.orElseThrow(IllegalStateException::new);
      return thrown instanceof AvocetException e ? e : (AvocetException) thrown.getCause();
    }
  }

  private final Model model;
  private final Image picture;
  private final int concurrency;
  private final double seconds;

  /**
   * A bench of one model.
   *
   * @param seconds how long to measure each device, about
   */
  Bench(Model model, Image picture, int concurrency, double seconds) {
    this.model = model;
    this.picture = picture;
    this.concurrency = concurrency;
    this.seconds = seconds;
  }

  /** What takes part until it fails. */
  private static final class Entrant {
    final ModelOptions options;
    BenchLane lane;
    Stats stats;
    RuntimeException failure;

    Entrant(ModelOptions options) {
      this.options = options;
    }

    boolean alive() {
      return failure == null;
    }

    /** Failures that have nothing to do with the device go through. */
    void attempt(Consumer<Entrant> work) {
      if (!alive()) {
        return;
      }
      try {
        work.accept(this);
      } catch (AvocetException e) {
        failure = e;
      } catch (CommandFailure e) {
        if (e.exitCode() != CommandFailure.MODEL || !(e.getCause() instanceof AvocetException)) {
          throw e;
        }
        failure = e;
      }
    }

    Outcome outcome() {
      return new Outcome(
          options.device(),
          alive() ? Optional.of(lane.result(stats)) : Optional.empty(),
          Optional.ofNullable(failure));
    }
  }

  /**
   * Measures.
   *
   * @param devices one for each device, which it names
   * @return as many, in that order
   */
  List<Outcome> run(List<ModelOptions> devices) {
    List<Entrant> entrants = devices.stream().map(Entrant::new).toList();
    try {
      for (Entrant entrant : entrants) {
        entrant.attempt(
            e -> e.lane = BenchLane.open(model, picture, e.options, concurrency, seconds));
      }
      alternate(entrants);
      entrants.forEach(entrant -> entrant.attempt(e -> e.stats = e.lane.stats()));
      for (int slice = 0; slice < SLICES; slice++) {
        inTurn(entrants, slice, e -> e.lane.compete((1 - ALTERNATING) * seconds / SLICES));
      }
      return entrants.stream().map(Entrant::outcome).toList();
    } finally {
      entrants.stream().filter(e -> e.lane != null).forEach(e -> e.lane.close());
    }
  }

  private void alternate(List<Entrant> entrants) {
    int count = entrants.size();
    long end = System.nanoTime() + (long) (ALTERNATING * seconds * 1e9 * count);
    for (int round = 0;
        entrants.stream().anyMatch(Entrant::alive)
            && (round < LEAST_ALTERNATIONS || System.nanoTime() < end);
        round++) {
      // Changes when all devices have been first, so that no device has a place of its own.
      boolean engineFirst = (round / count) % 2 == 0;
      inTurn(entrants, round, e -> e.lane.alternate(engineFirst));
    }
  }

  /** Each once; who begins changes from round to round. */
  private static void inTurn(List<Entrant> entrants, int round, Consumer<Entrant> work) {
    for (int i = 0; i < entrants.size(); i++) {
      entrants.get((round + i) % entrants.size()).attempt(work);
    }
  }
}
