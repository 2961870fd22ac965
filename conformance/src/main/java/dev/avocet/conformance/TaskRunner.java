package dev.avocet.conformance;

/** Runs the cases of one task. Stateless. */
interface TaskRunner {
  /**
   * Runs a case and compares the answers.
   *
   * @throws dev.avocet.core.AvocetException where there is no answer, or the case is damaged
   */
  Verdict run(Case one, RunOptions options);

  /** Whether there is something to check in a case without the reference's answer. */
  default boolean judgesUnanswered() {
    return false;
  }
}
