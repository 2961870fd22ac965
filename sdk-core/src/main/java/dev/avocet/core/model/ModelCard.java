package dev.avocet.core.model;

import java.util.List;
import java.util.Optional;

/**
 * What {@code avocet.json} adds to the exporter's files; all of it is optional.
 *
 * @param labels class names by class number, empty where they are not known
 * @param description one sentence for people, or empty
 * @param licence of the weights, or empty
 */
public record ModelCard(List<String> labels, String description, String licence) {
  static final String FILE = "avocet.json";
  static final ModelCard EMPTY = new ModelCard(List.of(), "", "");

  /** Copies the list. */
  public ModelCard {
    labels = List.copyOf(labels);
  }

  static ModelCard parse(Params json) {
    return new ModelCard(
        json.has("labels") ? json.texts("labels") : List.of(),
        json.text("description", ""),
        json.text("licence", ""));
  }

  /** Name of class {@code id}, where it is known. */
  public Optional<String> label(int id) {
    return id >= 0 && id < labels.size() ? Optional.of(labels.get(id)) : Optional.empty();
  }
}
