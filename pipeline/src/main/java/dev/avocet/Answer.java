package dev.avocet;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Value;
import dev.avocet.pipeline.internal.Closing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Pipeline} answers: for each of its outputs one value a sample, in the order the
 * samples were given. Pictures among the values are valid until {@link #close}; everything else
 * stays. Immutable and thread safe but for that.
 */
public final class Answer implements AutoCloseable {
  private final Map<String, List<Value>> outputs;
  private final List<AutoCloseable> owned;

  /**
   * An answer.
   *
   * @param outputs by name, in the pipeline's order
   * @param owned what the values need, closed with the answer
   */
  public Answer(Map<String, List<Value>> outputs, List<? extends AutoCloseable> owned) {
    Map<String, List<Value>> copy = new LinkedHashMap<>();
    outputs.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    this.outputs = Collections.unmodifiableMap(copy);
    this.owned = List.copyOf(owned);
  }

  /** The values by name of the output, in the pipeline's order; one a sample. */
  public Map<String, List<Value>> outputs() {
    return outputs;
  }

  /**
   * An output's values, one a sample.
   *
   * @throws AvocetException INVALID_ARG where the pipeline has no such output
   */
  public List<Value> get(String output) {
    List<Value> values = outputs.get(output);
    if (values == null) {
      throw AvocetException.invalidArgument(
          "output=\"%s\": the pipeline has %s".formatted(output, outputs.keySet()));
    }
    return values;
  }

  /**
   * An output's value for the first sample, which is the only one of a single picture.
   *
   * @throws AvocetException INVALID_ARG where there is no such output or no sample
   */
  public Value first(String output) {
    List<Value> values = get(output);
    if (values.isEmpty()) {
      throw AvocetException.invalidArgument("the pipeline was run on no sample");
    }
    return values.get(0);
  }

  /** One line of JSON: an object with a list for each output; see {@link Value#toJson}. */
  public String toJson() {
    Map<String, Value> all = new LinkedHashMap<>();
    outputs.forEach((name, values) -> all.put(name, Value.of(values)));
    return new Value.Fields(all).toJson();
  }

  /** Frees the pictures. */
  @Override
  public void close() {
    Closing.all(owned);
  }
}
