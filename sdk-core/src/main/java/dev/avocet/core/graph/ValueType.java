package dev.avocet.core.graph;

import dev.avocet.core.Image;
import dev.avocet.core.Value;
import dev.avocet.core.Valued;

/**
 * What is known of a value before the pipeline runs: which class a single one comes from, and how
 * many lists there are around it. One detection is {@code Boxes}, what a detector answers for a
 * picture is a list of {@code Boxes}.
 *
 * @param of class of the head's result, {@link Image} for a picture (alone, or an object with
 *     {@code ori_img} and perhaps {@code bbox}), a class of Java for opaque values and scalars, and
 *     {@link Value} where nothing is known
 * @param lists how many lists of lists
 */
public record ValueType(Class<?> of, int lists) {
  /** Nothing is known: whatever it is shows when the pipeline runs. */
  public static final ValueType ANY = new ValueType(Value.class, 0);

  /** A picture, alone or with a box. */
  public static final ValueType PICTURE = new ValueType(Image.class, 0);

  /** What a head of this result class answers. */
  public static ValueType result(Class<?> type) {
    return new ValueType(type, Valued.Many.class.isAssignableFrom(type) ? 1 : 0);
  }

  /** One entry of what a head of this result class answers. */
  public static ValueType one(Class<?> type) {
    return new ValueType(type, 0);
  }

  /** A list of these. */
  public ValueType listOf() {
    return known() ? new ValueType(of, lists + 1) : ANY;
  }

  /** What is in such a list; only where {@link #isList}. */
  public ValueType entry() {
    return known() ? new ValueType(of, lists - 1) : ANY;
  }

  /** Whether it may be a list. */
  public boolean isList() {
    return !known() || lists > 0;
  }

  /** Whether a value of type {@code found} may be given where this is wanted. */
  public boolean accepts(ValueType found) {
    return !known() || !found.known() || (lists == found.lists && of.isAssignableFrom(found.of));
  }

  private boolean known() {
    return of != Value.class;
  }

  @Override
  public String toString() {
    return known() ? "list of ".repeat(lists) + of.getSimpleName() : "anything";
  }
}
