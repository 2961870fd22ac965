package dev.avocet.core.graph;

import dev.avocet.core.Value;
import java.util.List;

/**
 * A function between the networks of a pipeline: cuts pictures, filters boxes. One object serves
 * all threads at once and must not wait for anything; what has to be kept from call to call comes
 * in as a value.
 */
public interface PipelineModule {
  /** What it takes, in order. */
  List<ValueType> inputs();

  /**
   * What it makes, in order.
   *
   * @param inputs what it is given, accepted by {@link #inputs()}
   */
  List<ValueType> outputs(List<ValueType> inputs);

  /**
   * Makes the outputs for one sample.
   *
   * @param inputs as many as {@link #inputs()}; the types are checked as far as they were known, so
   *     {@link Value#nothing} may come where a node before was not run
   * @param owner takes every picture that owns its memory; it is closed with the run or the answer
   * @return as many as {@link #outputs}
   * @throws dev.avocet.core.AvocetException where the values cannot be used
   */
  List<Value> apply(List<Value> inputs, Owner owner);

  /** Closes what modules allocate once nobody needs it. Thread safe. */
  interface Owner {
    /** Takes over; gives the same object back. */
    <C extends AutoCloseable> C own(C resource);
  }
}
