package dev.avocet.core.net;

/**
 * Hears how far an engine is that takes long to open a network, as where it builds one for the
 * device: minutes on a small board. May be called from any thread, also from several at once.
 */
@FunctionalInterface
public interface OpenListener {
  /** Hears nothing and never gives up. */
  OpenListener NONE = (phase, done, steps) -> true;

  /**
   * A step of a phase is done. Phases follow one another or lie within one another; the engine
   * names them. Must return soon.
   *
   * @param phase for people, for example {@code Building Engine}
   * @param done steps of the phase that are done; 0 when it begins, {@code steps} when it ends
   * @param steps of the whole phase
   * @return false to give up: the opening ends soon, with {@link dev.avocet.core.Status#CANCELLED}
   */
  boolean progress(String phase, int done, int steps);
}
