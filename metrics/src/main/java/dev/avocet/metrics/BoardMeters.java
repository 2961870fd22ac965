package dev.avocet.metrics;

import dev.avocet.core.board.Board;
import dev.avocet.core.board.BoardReading;
import dev.avocet.core.board.BoardReading.Clock;
import dev.avocet.core.board.BoardReading.Load;
import dev.avocet.core.board.BoardReading.Rail;
import dev.avocet.core.board.BoardReading.Temperature;
import dev.avocet.core.board.Boards;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * What the board says, as meters. Of what it does not say there is none.
 *
 * <ul>
 *   <li>{@code avocet.board.power} in watts, of all that is measured; {@code
 *       avocet.board.rail.power} of each {@code rail}
 *   <li>{@code avocet.board.energy} in joules, a counter, where the board counts energy
 *   <li>{@code avocet.board.temperature} and {@code avocet.board.temperature.limit} in celsius,
 *       {@code avocet.board.clock} and {@code avocet.board.clock.limit} in hertz, {@code
 *       avocet.board.load} from 0 to 1, of each {@code part}
 *   <li>{@code avocet.board.throttling}: how many things make the board slower than it could be
 * </ul>
 *
 * <p>All meters of one scrape show one reading, at most a quarter of a second old. Loads and watts
 * may be means since the reading before, whoever asked for that. Thread safe.
 */
public final class BoardMeters implements MeterBinder {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Parts<Rail> RAILS =
      new Parts<>("rail", reading -> reading.power().rails(), Rail::name);
  private static final Parts<Temperature> TEMPERATURES =
      new Parts<>("part", BoardReading::temperatures, Temperature::name);
  private static final Parts<Clock> CLOCKS = new Parts<>("part", BoardReading::clocks, Clock::name);
  private static final Parts<Load> LOADS = new Parts<>("part", BoardReading::loads, Load::name);

  private final Board board;
  private final Fresh<BoardReading> readings;

  /**
   * One kind of parts of a board.
   *
   * @param tag that has their names
   */
  private record Parts<P>(
      String tag, Function<BoardReading, List<P>> list, Function<P, String> name) {
    OptionalDouble find(BoardReading reading, String wanted, Function<P, OptionalDouble> value) {
      return list.apply(reading).stream()
          .filter(part -> name.apply(part).equals(wanted))
          .findFirst()
          .map(value)
          .orElse(OptionalDouble.empty());
    }
  }

  /** Of the board that this process runs on. */
  public BoardMeters() {
    this(Boards.here());
  }

  /** Of any board. */
  public BoardMeters(Board board) {
    this.board = board;
    this.readings = new Fresh<>(board::read);
  }

  /** Registers the meters; takes a tenth of a second, for what needs two readings. */
  @Override
  public void bindTo(MeterRegistry registry) {
    board.read();
    LockSupport.parkNanos(PAUSE_NANOS);
    BoardReading now = board.read();
    gauge(registry, now, "power", "watts", Tags.empty(), reading -> reading.power().watts());
    each(registry, now, "rail.power", "watts", RAILS, rail -> OptionalDouble.of(rail.watts()));
    each(
        registry, now, "temperature", "celsius", TEMPERATURES, t -> OptionalDouble.of(t.celsius()));
    each(registry, now, "temperature.limit", "celsius", TEMPERATURES, Temperature::limit);
    each(registry, now, "clock", "hertz", CLOCKS, clock -> OptionalDouble.of(clock.hertz()));
    each(registry, now, "clock.limit", "hertz", CLOCKS, Clock::most);
    each(registry, now, "load", "ratio", LOADS, load -> OptionalDouble.of(load.share()));
    Gauge.builder(
            "avocet.board.throttling", this, meters -> meters.readings.get().throttling().size())
        .description("How many things make the board slower than it could be")
        .strongReference(true)
        .register(registry);
    if (now.power().joules().isPresent()) {
      FunctionCounter.builder(
              "avocet.board.energy",
              this,
              meters -> meters.readings.get().power().joules().orElse(0))
          .baseUnit("joules")
          .register(registry);
    }
  }

  private <P> void each(
      MeterRegistry registry,
      BoardReading now,
      String name,
      String unit,
      Parts<P> parts,
      Function<P, OptionalDouble> value) {
    for (P part : parts.list.apply(now)) {
      String own = parts.name.apply(part);
      Tags tags = Tags.of(parts.tag, own);
      gauge(registry, now, name, unit, tags, reading -> parts.find(reading, own, value));
    }
  }

  private void gauge(
      MeterRegistry registry,
      BoardReading now,
      String name,
      String unit,
      Tags tags,
      Function<BoardReading, OptionalDouble> value) {
    if (value.apply(now).isPresent()) {
      Gauge.builder(
              "avocet.board." + name,
              this,
              meters -> value.apply(meters.readings.get()).orElse(Double.NaN))
          .baseUnit(unit)
          .tags(tags)
          // Keeps this for the counter, too, which has no such option.
          .strongReference(true)
          .register(registry);
    }
  }
}
