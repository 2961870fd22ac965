package dev.avocet.core.board;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a board says at one moment. Whatever it does not say is empty. Immutable.
 *
 * @param nanos when it was read, as {@link System#nanoTime} counts
 * @param mode name of the power mode that is set
 * @param power what it consumes
 * @param temperatures of its parts
 * @param clocks of its parts
 * @param loads of its parts
 * @param fans that it has
 * @param throttling what makes it slower than it could be, in words; empty where nothing is known
 *     to
 * @param unreadable what it has but this process may not read, and what that needs, in words
 */
public record BoardReading(
    long nanos,
    Optional<String> mode,
    Power power,
    List<Temperature> temperatures,
    List<Clock> clocks,
    List<Load> loads,
    List<Fan> fans,
    List<String> throttling,
    List<String> unreadable) {
  /**
   * What a board consumes.
   *
   * @param watts of all that is measured, now or since the reading before
   * @param joules of the same since a moment that stays the same, where the board counts energy
   * @param of what is measured: name of the rail, or of the rails that are added up
   * @param rails one by one; some may be parts of others
   */
  public record Power(OptionalDouble watts, OptionalDouble joules, String of, List<Rail> rails) {
    /** Nothing is known. */
    public static final Power UNKNOWN =
        new Power(OptionalDouble.empty(), OptionalDouble.empty(), "", List.of());

    /** Copies the list. */
    public Power {
      Objects.requireNonNull(watts);
      Objects.requireNonNull(joules);
      Objects.requireNonNull(of);
      rails = List.copyOf(rails);
    }
  }

  /**
   * One supply that is measured.
   *
   * @param name as the board has it, such as {@code VDD_IN}
   * @param watts now or since the reading before
   */
  public record Rail(String name, double watts) {}

  /**
   * A temperature.
   *
   * @param name of the part
   * @param celsius in °C
   * @param limit in °C, from which on the part is made slower
   */
  public record Temperature(String name, double celsius, OptionalDouble limit) {}

  /**
   * A clock.
   *
   * @param name of the part
   * @param hertz now
   * @param most that it may have, in the present power mode where that is known
   */
  public record Clock(String name, double hertz, OptionalDouble most) {}

  /**
   * How busy a part is.
   *
   * @param name of the part: {@code cpu}, {@code gpu}, …
   * @param share 0 to 1
   */
  public record Load(String name, double share) {}

  /**
   * A fan.
   *
   * @param name of the fan
   * @param share of its full drive, 0 to 1
   * @param rpm turns a minute
   */
  public record Fan(String name, OptionalDouble share, OptionalDouble rpm) {}

  /** Copies the lists. */
  public BoardReading {
    Objects.requireNonNull(mode);
    Objects.requireNonNull(power);
    temperatures = List.copyOf(temperatures);
    clocks = List.copyOf(clocks);
    loads = List.copyOf(loads);
    fans = List.copyOf(fans);
    throttling = List.copyOf(throttling);
    unreadable = List.copyOf(unreadable);
  }

  /** The hottest part. */
  public Optional<Temperature> hottest() {
    return temperatures.stream().max(Comparator.comparingDouble(Temperature::celsius));
  }

  /** How busy a part is, 0 to 1. */
  public OptionalDouble load(String name) {
    return loads.stream()
        .filter(load -> load.name().equals(name))
        .mapToDouble(Load::share)
        .findFirst();
  }

  /** Whether something is known to make it slower than it could be. */
  public boolean throttled() {
    return !throttling.isEmpty();
  }

  /**
   * Energy that was consumed between another reading of this board and this one, in joules: exact
   * where the board counts energy; else by the mean of the watts of both, which is as good as they
   * are close to each other.
   *
   * @param earlier of the two
   */
  public OptionalDouble joulesSince(BoardReading earlier) {
    if (power.joules().isPresent() && earlier.power.joules().isPresent()) {
      return OptionalDouble.of(power.joules().getAsDouble() - earlier.power.joules().getAsDouble());
    }
    if (power.watts().isEmpty() || earlier.power.watts().isEmpty()) {
      return OptionalDouble.empty();
    }
    double mean = (power.watts().getAsDouble() + earlier.power.watts().getAsDouble()) / 2;
    return OptionalDouble.of(mean * (nanos - earlier.nanos) / 1e9);
  }
}
