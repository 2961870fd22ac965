package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Box;
import dev.avocet.Classification;
import dev.avocet.KeyPoint;
import dev.avocet.core.Mask;
import dev.avocet.core.Quad;
import dev.avocet.core.Rect;
import java.util.List;
import java.util.Optional;

/** Parts of results as docs/json.md has them. Stateless. */
final class ResultJson {
  private ResultJson() {}

  /** Appends an object with a class. */
  static ObjectNode classed(ArrayNode list, int classId, Optional<String> label) {
    return list.addObject().put("class_id", classId).put("label", label.orElse(null));
  }

  /** Appends an object with a class and its score. */
  static ObjectNode scored(ArrayNode list, int classId, Optional<String> label, float score) {
    return classed(list, classId, label).put("score", score);
  }

  /** The classes of a picture or clip. */
  static void classes(ObjectNode line, List<Classification> classes) {
    ArrayNode list = line.putArray("classes");
    classes.forEach(c -> scored(list, c.classId(), c.label(), c.score()));
  }

  /** The field {@code box}, null where there is none. */
  static void box(ObjectNode object, Optional<Box> box) {
    if (box.isEmpty()) {
      object.putNull("box");
      return;
    }
    Box b = box.get();
    object.putArray("box").add(b.x1()).add(b.y1()).add(b.x2()).add(b.y2());
  }

  /** The field {@code polygon}. */
  static void polygon(ObjectNode object, Quad quad) {
    ArrayNode points = object.putArray("polygon");
    quad.corners().forEach(p -> points.addArray().add(p.x()).add(p.y()));
  }

  /**
   * The field {@code key_points}.
   *
   * @param names of the points, as far as they are known
   */
  static void keyPoints(ObjectNode object, List<KeyPoint> points, List<String> names) {
    ArrayNode list = object.putArray("key_points");
    for (int i = 0; i < points.size(); i++) {
      KeyPoint p = points.get(i);
      list.addObject()
          .put("name", i < names.size() ? names.get(i) : null)
          .put("x", p.x())
          .put("y", p.y())
          .put("score", p.score());
    }
  }

  /** The field {@code mask}: runs of pixels outside and inside in turn, row by row. */
  static void mask(ObjectNode object, Mask mask) {
    Rect window = mask.window();
    ObjectNode json = object.putObject("mask");
    json.putArray("area").add(window.x()).add(window.y()).add(window.width()).add(window.height());
    ArrayNode runs = json.putArray("runs");
    for (int run : mask.runs()) {
      runs.add(run);
    }
  }
}
