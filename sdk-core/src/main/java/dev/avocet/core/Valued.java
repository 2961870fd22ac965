package dev.avocet.core;

/**
 * Something that can pass between the nodes of a pipeline. The results that heads decode to
 * implement it, so that a new kind of result fits into pipelines without a change anywhere else.
 */
public interface Valued {
  /** The same as a tree of values, owing nothing to what this may share with others. */
  Value toValue();

  /** Something whose value is a list, which a pipeline may take apart with {@code *}. */
  interface Many extends Valued {}
}
