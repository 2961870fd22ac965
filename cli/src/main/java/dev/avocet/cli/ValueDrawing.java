package dev.avocet.cli;

import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.RotatedDetection;
import dev.avocet.core.Drawable;
import dev.avocet.core.Mask;
import dev.avocet.core.Palette;
import dev.avocet.core.Point;
import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds in a pipeline's answer what can be drawn: places, poses, maps of classes, classes and text.
 * What is said of each place in another output, as a list of the same length, becomes its label.
 * Stateless.
 */
final class ValueDrawing {
  private ValueDrawing() {}

  /** What can be drawn of outputs by name. */
  static List<Drawable> of(Map<String, Value> outputs) {
    List<Drawable> drawn = new ArrayList<>();
    List<Value> places = List.of();
    for (Value value : outputs.values()) {
      if (places.isEmpty()) {
        places = places(value);
      }
    }
    for (int i = 0; i < places.size(); i++) {
      drawn.add(place(places.get(i), words(outputs, places, i)));
    }
    for (Value value : outputs.values()) {
      boolean label = value instanceof Value.Items list && list.items().size() == places.size();
      drawn.addAll(label ? poses(value) : whole(value));
    }
    return drawn;
  }

  /** The entries of a list of places; empty for everything else. */
  private static List<Value> places(Value value) {
    Value list = value.has("detections") ? value.get("detections") : value;
    if (list instanceof Value.Items items
        && items.items().stream().allMatch(v -> v.has("bbox") || v.has("rbbox"))) {
      return items.items();
    }
    return List.of();
  }

  /** What the outputs say of place {@code i}, its own class first. */
  private static String words(Map<String, Value> outputs, List<Value> places, int i) {
    List<String> words = new ArrayList<>();
    word(places.get(i)).ifPresent(words::add);
    for (Value value : outputs.values()) {
      if (value instanceof Value.Items list
          && list.items().size() == places.size()
          && !list.items().equals(places)) {
        word(list.items().get(i)).ifPresent(words::add);
      }
    }
    return String.join(" ", words);
  }

  /** A text, or the number and score of a class, the first one of a list. */
  private static Optional<String> word(Value value) {
    if (value.has("text")) {
      return Optional.of(value.get("text").asText());
    }
    if (value.has("label_id") && value.has("score")) {
      return Optional.of(
          "class %d %s"
              .formatted(
                  value.get("label_id").asInt(),
                  TextTable.number(value.get("score").asDouble(), 2)));
    }
    return value instanceof Value.Items list && !list.items().isEmpty()
        ? word(list.items().get(0))
        : Optional.empty();
  }

  private static Drawable place(Value place, String words) {
    int rgb = Palette.ofObject(place.has("label_id") ? place.get("label_id").asInt() : 2);
    if (place.has("rbbox")) {
      float[] r = place.get("rbbox").asFloats();
      var box = new RotatedDetection(0, Optional.empty(), 0, r[0], r[1], r[2], r[3], r[4]);
      return drawing -> drawing.polygon(box.corners().corners(), words, rgb);
    }
    float[] b = place.get("bbox").asFloats();
    if (b.length == 4) {
      return drawing -> {
        if (place.has("mask")) {
          drawing.area(place.get("mask").get("pixels").as(Mask.class), rgb);
        }
        drawing.box(b[0], b[1], b[2], b[3], words, rgb);
      };
    }
    List<Point> corners = new ArrayList<>();
    for (int i = 0; i + 1 < b.length; i += 2) {
      corners.add(new Point(b[i], b[i + 1]));
    }
    return drawing -> drawing.text(corners, words, rgb);
  }

  /** A value that says something of the whole picture. */
  private static List<Drawable> whole(Value value) {
    if (value.has("mask") && value.has("width")) {
      int[] classes = value.get("mask").as(int[].class);
      Rect window = new Rect(0, 0, value.get("width").asInt(), value.get("height").asInt());
      return List.of(drawing -> drawing.classes(window, classes));
    }
    List<Drawable> drawn = new ArrayList<>(poses(value));
    List<Value> values = value instanceof Value.Items list ? list.items() : List.of(value);
    for (Value one : values) {
      if (!one.has("bbox") && !(one instanceof Value.Items)) {
        int rgb = Palette.ofObject(one.has("label_id") ? one.get("label_id").asInt() : 2);
        word(one).ifPresent(text -> drawn.add(drawing -> drawing.caption(text, rgb)));
      }
    }
    return drawn;
  }

  /** A pose, or each of a list of poses. */
  private static List<Drawable> poses(Value value) {
    if (value instanceof Value.Items list) {
      return list.items().stream().flatMap(v -> poses(v).stream()).toList();
    }
    if (!value.has("key_points")) {
      return List.of();
    }
    List<KeyPoint> points = new ArrayList<>();
    for (Value point : value.get("key_points").items()) {
      float[] at = point.get("bbox").asFloats();
      points.add(new KeyPoint(at[0], at[1], (float) point.get("score").asDouble()));
    }
    return List.of(new Pose(points));
  }
}
