package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import java.util.List;

/**
 * What the key points of a pose are called, and which of them are joined by a line when it is
 * drawn.
 *
 * @param names of the points by number; empty where they are not known
 * @param limbs the lines
 */
public record Skeleton(List<String> names, List<Limb> limbs) {
  /** A line between two key points, by their numbers. */
  public record Limb(int from, int to) {
    /** Checks the numbers. */
    public Limb {
      if (from < 0 || to < 0) {
        throw AvocetException.invalidArgument(
            "limb from=%d to=%d: expected numbers of key points, from 0".formatted(from, to));
      }
    }
  }

  /** The 17 points of a person in COCO's data set, in its order, with its lines. */
  public static final Skeleton COCO_PERSON =
      new Skeleton(
          List.of(
              "nose",
              "left_eye",
              "right_eye",
              "left_ear",
              "right_ear",
              "left_shoulder",
              "right_shoulder",
              "left_elbow",
              "right_elbow",
              "left_wrist",
              "right_wrist",
              "left_hip",
              "right_hip",
              "left_knee",
              "right_knee",
              "left_ankle",
              "right_ankle"),
          limbs(
              15, 13, 13, 11, 16, 14, 14, 12, 11, 12, 5, 11, 6, 12, 5, 6, 5, 7, 6, 8, 7, 9, 8, 10,
              1, 2, 0, 1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 6));

  private static final Skeleton NONE = new Skeleton(List.of(), List.of());

  /** COCO's of a person for 17 points, else one without names and lines. */
  public static Skeleton ofPoints(int points) {
    return points == COCO_PERSON.names().size() ? COCO_PERSON : NONE;
  }

  /** Copies the lists. */
  public Skeleton {
    names = List.copyOf(names);
    limbs = List.copyOf(limbs);
  }

  private static List<Limb> limbs(int... ends) {
    Limb[] limbs = new Limb[ends.length / 2];
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] = new Limb(ends[2 * i], ends[2 * i + 1]);
    }
    return List.of(limbs);
  }

  static Skeleton parse(Params json) {
    List<String> names = json.has("key_points") ? json.texts("key_points") : List.of();
    List<int[]> pairs = json.has("skeleton") ? json.intArrays("skeleton") : List.of();
    for (int[] pair : pairs) {
      if (pair.length != 2 || pair[0] < 0 || pair[1] < 0) {
        throw json.error("skeleton", "pairs of key points' numbers, [[0, 1], ...]");
      }
    }
    return new Skeleton(names, pairs.stream().map(pair -> new Limb(pair[0], pair[1])).toList());
  }
}
