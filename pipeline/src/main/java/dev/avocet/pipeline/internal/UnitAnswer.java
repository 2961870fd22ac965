package dev.avocet.pipeline.internal;

import dev.avocet.core.Image;
import dev.avocet.core.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What the heads of a network answer for one sample.
 *
 * @param values one for each head; pictures in them are new and belong to whoever has this
 */
public record UnitAnswer(List<Value> values) implements AutoCloseable {
  /** Copies the list. */
  public UnitAnswer {
    values = List.copyOf(values);
  }

  /** All pictures in the values. */
  public List<Image> pictures() {
    return pictures(values);
  }

  /** All pictures in these values and below them. */
  public static List<Image> pictures(Collection<Value> values) {
    List<Image> found = new ArrayList<>();
    collect(values, found);
    return found;
  }

  private static void collect(Collection<Value> values, List<Image> found) {
    for (Value value : values) {
      if (value instanceof Value.Picture picture) {
        found.add(picture.image());
      } else if (value instanceof Value.Items list) {
        collect(list.items(), found);
      } else if (value instanceof Value.Fields object) {
        collect(object.fields().values(), found);
      }
    }
  }

  @Override
  public void close() {
    Closing.all(pictures());
  }
}
