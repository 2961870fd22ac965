package dev.avocet.camera.seen;

import dev.avocet.Box;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.RotatedDetection;
import dev.avocet.core.Mask;
import dev.avocet.core.Point;
import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import dev.avocet.core.model.ModelCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.StringJoiner;

/**
 * Finds the objects in what a pipeline answers, whatever its models are: places with what other
 * outputs of the same length say of each, poses, maps of classes, classes of the whole frame.
 * Immutable.
 */
public final class Findings {
  /** Classes of the whole frame that are told, and of a map that get a mask. */
  private static final int MOST_CLASSES = 5;

  private static final Comparator<Found> SUREST = Comparator.comparingDouble(f -> -f.score());

  private final ModelCard card;

  /**
   * Findings of a model.
   *
   * @param card what its classes and key points are called, as far as that is known
   */
  public Findings(ModelCard card) {
    this.card = card;
  }

  /** The objects in outputs by name, the surest first. */
  public List<Found> of(Map<String, Value> outputs) {
    List<Value> places = List.of();
    for (Value value : outputs.values()) {
      if (places.isEmpty()) {
        places = places(value);
      }
    }
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      found.add(place(places.get(i), beside(outputs, places, i)));
    }
    for (Value value : outputs.values()) {
      boolean beside = value instanceof Value.Items list && list.items().size() == places.size();
      if (places.isEmpty() || !(beside || places(value).equals(places))) {
        whole(value, found);
      }
    }
    found.sort(SUREST);
    return found;
  }

  private static List<Value> places(Value value) {
    Value list = value.has("detections") ? value.get("detections") : value;
    boolean all =
        list instanceof Value.Items items
            && items.items().stream().allMatch(v -> v.has("bbox") || v.has("rbbox"));
    return all ? list.items() : List.of();
  }

  /** What the other outputs say of place {@code i}. */
  private static List<Value> beside(Map<String, Value> outputs, List<Value> places, int i) {
    return outputs.values().stream()
        .filter(v -> v instanceof Value.Items list && list.items().size() == places.size())
        .map(v -> v.items().get(i))
        .filter(v -> v != places.get(i))
        .toList();
  }

  private Found place(Value place, List<Value> beside) {
    List<Point> polygon = polygon(place);
    List<KeyPoint> keyPoints = new ArrayList<>(keyPoints(place));
    StringJoiner text = new StringJoiner(" ");
    for (Value other : beside) {
      keyPoints.addAll(keyPoints(other));
      word(other).ifPresent(text::add);
    }
    int id = place.has("label_id") ? place.get("label_id").asInt() : -1;
    String unnamed = text.length() == 0 ? "object" : "text";
    return new Found(
        OptionalLong.empty(),
        id,
        id < 0 ? unnamed : label(id),
        score(place),
        Optional.of(polygon.isEmpty() ? box(place.get("bbox").asFloats()) : around(polygon)),
        polygon,
        place.has("mask")
            ? Optional.of(place.get("mask").get("pixels").as(Mask.class))
            : Optional.empty(),
        pose(keyPoints),
        text.length() == 0 ? Optional.empty() : Optional.of(text.toString()));
  }

  private static Box box(float[] corners) {
    return new Box(corners[0], corners[1], corners[2], corners[3]);
  }

  /** Corners where a place is no upright box. */
  private static List<Point> polygon(Value place) {
    if (place.has("rbbox")) {
      float[] r = place.get("rbbox").asFloats();
      return new RotatedDetection(0, Optional.empty(), 0, r[0], r[1], r[2], r[3], r[4])
          .corners()
          .corners();
    }
    float[] numbers = place.get("bbox").asFloats();
    List<Point> corners = new ArrayList<>();
    for (int i = 0; numbers.length > 4 && i + 1 < numbers.length; i += 2) {
      corners.add(new Point(numbers[i], numbers[i + 1]));
    }
    return corners;
  }

  private static Box around(List<Point> points) {
    Box box = null;
    for (Point p : points) {
      box =
          box == null
              ? new Box(p.x(), p.y(), p.x(), p.y())
              : new Box(
                  Math.min(box.x1(), p.x()),
                  Math.min(box.y1(), p.y()),
                  Math.max(box.x2(), p.x()),
                  Math.max(box.y2(), p.y()));
    }
    return box;
  }

  private static List<KeyPoint> keyPoints(Value value) {
    if (!value.has("key_points")) {
      return List.of();
    }
    List<KeyPoint> points = new ArrayList<>();
    for (Value point : value.get("key_points").items()) {
      float[] at = point.get("bbox").asFloats();
      points.add(new KeyPoint(at[0], at[1], score(point)));
    }
    return points;
  }

  /** A text, or the class, of the first of a list. */
  private Optional<String> word(Value value) {
    if (value instanceof Value.Items list) {
      return list.items().isEmpty() ? Optional.empty() : word(list.items().get(0));
    }
    if (value.has("text")) {
      return Optional.of(value.get("text").asText());
    }
    return value.has("label_id")
        ? Optional.of(label(value.get("label_id").asInt()))
        : Optional.empty();
  }

  private String label(int id) {
    return card.label(id).orElseGet(() -> Integer.toString(id));
  }

  private Optional<Pose> pose(List<KeyPoint> points) {
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(new Pose(points, card.skeleton(points.size())));
  }

  /** A score, or the mean of several, as a read text has them; 1 where nothing is said. */
  private static float score(Value value) {
    if (!value.has("score")) {
      return 1;
    }
    Value score = value.get("score");
    if (score instanceof Value.Items list) {
      return (float) list.items().stream().mapToDouble(Value::asDouble).average().orElse(0);
    }
    return (float) score.asDouble();
  }

  /** What a value says of the whole frame. */
  private void whole(Value value, List<Found> found) {
    if (value.has("mask") && value.has("width")) {
      map(value, found);
    } else if (value instanceof Value.Items list) {
      list.items().stream().limit(MOST_CLASSES).forEach(one -> whole(one, found));
    } else if (value.has("key_points")) {
      List<KeyPoint> points = keyPoints(value);
      List<Point> places = points.stream().map(p -> new Point(p.x(), p.y())).toList();
      double score = points.stream().mapToDouble(KeyPoint::score).average().orElse(0);
      found.add(
          new Found(
              OptionalLong.empty(),
              -1,
              "pose",
              (float) score,
              places.isEmpty() ? Optional.empty() : Optional.of(around(places)),
              List.of(),
              Optional.empty(),
              pose(points),
              Optional.empty()));
    } else if (value.has("label_id") || value.has("text")) {
      int id = value.has("label_id") ? value.get("label_id").asInt() : -1;
      found.add(
          new Found(
              OptionalLong.empty(),
              id,
              id < 0 ? "text" : label(id),
              score(value),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              value.has("text") ? word(value) : Optional.empty()));
    }
  }

  /** The largest classes of a map but the first, which is the background, with their pixels. */
  private void map(Value value, List<Found> found) {
    int[] classes = value.get("mask").as(int[].class);
    int width = value.get("width").asInt();
    Rect window = new Rect(0, 0, width, value.get("height").asInt());
    int[] pixels = new int[Math.max(1, value.get("classes").asInt())];
    for (int id : classes) {
      pixels[id]++;
    }
    List<Integer> largest = new ArrayList<>();
    for (int id = 1; id < pixels.length; id++) {
      if (pixels[id] > 0) {
        largest.add(id);
      }
    }
    largest.sort(Comparator.comparingInt(id -> -pixels[id]));
    for (int id : largest.subList(0, Math.min(MOST_CLASSES, largest.size()))) {
      byte[] mask = new byte[classes.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (classes[i] == id ? 255 : 0);
      }
      found.add(
          new Found(
              OptionalLong.empty(),
              id,
              label(id),
              1,
              Optional.empty(),
              List.of(),
              Optional.of(new Mask(window, mask)),
              Optional.empty(),
              Optional.empty()));
    }
  }
}
