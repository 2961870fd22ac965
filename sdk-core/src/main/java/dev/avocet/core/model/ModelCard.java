package dev.avocet.core.model;

import java.util.List;
import java.util.Optional;

/**
 * What {@code avocet.json} adds to the exporter's files; all of it is optional.
 *
 * @param labels class names by class number, empty where they are not known
 * @param description one sentence for people, or empty
 * @param licence of the weights, or empty
 * @param ownSkeleton names of the key points and the lines between them, empty where not given; see
 *     {@link #skeleton}
 */
public record ModelCard(
    List<String> labels, String description, String licence, Optional<Skeleton> ownSkeleton) {
  static final String FILE = "avocet.json";
  static final ModelCard EMPTY = new ModelCard(List.of(), "", "", Optional.empty());

  /** Copies the list. */
  public ModelCard {
    labels = List.copyOf(labels);
  }

  static ModelCard parse(Params json) {
    return new ModelCard(
        json.has("labels") ? json.texts("labels") : List.of(),
        json.text("description", ""),
        json.text("licence", ""),
        json.has("key_points") || json.has("skeleton")
            ? Optional.of(Skeleton.parse(json))
            : Optional.empty());
  }

  /** Name of class {@code id}, where it is known. */
  public Optional<String> label(int id) {
    return id >= 0 && id < labels.size() ? Optional.of(labels.get(id)) : Optional.empty();
  }

  /**
   * How to draw poses of so many key points: the model's own skeleton; where it has none, COCO's of
   * a person for 17 points, else points without names and lines.
   */
  public Skeleton skeleton(int points) {
    return ownSkeleton.orElseGet(() -> Skeleton.ofPoints(points));
  }
}
