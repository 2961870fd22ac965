package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Detection;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.media.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What was found in a frame, as a table, as a line and as JSON. */
final class DetectionText {
  private DetectionText() {}

  /** A heading and a row for each detection, with the columns aligned. */
  static String table(String input, Image image, List<Detection> found) {
    StringBuilder text = new StringBuilder();
    String count = found.isEmpty() ? "nothing found" : found.size() + " found";
    line(text, "%s  %d x %d  %s", input, image.uprightWidth(), image.uprightHeight(), count);
    if (found.isEmpty()) {
      return text.toString();
    }
    int width = found.stream().mapToInt(d -> name(d).length()).max().orElse(0);
    String label = "%-" + Math.max(width, "class".length()) + "s";
    line(text, "  " + label + "  score %8s %8s %8s %8s", "class", "x1", "y1", "x2", "y2");
    for (Detection d : found) {
      line(
          text,
          "  " + label + "  %5.3f %8.1f %8.1f %8.1f %8.1f",
          name(d),
          d.score(),
          d.box().x1(),
          d.box().y1(),
          d.box().x2(),
          d.box().y2());
    }
    return text.toString();
  }

  /** One line for a frame of a video: how many of each class, the surest class first. */
  static String line(Frame frame, List<Detection> found) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    found.forEach(d -> counts.merge(name(d), 1, Integer::sum));
    StringJoiner text = new StringJoiner(", ").setEmptyValue("nothing found");
    counts.forEach((name, count) -> text.add(count + " " + name));
    double seconds = frame.timeMillis().orElse(0) / 1000;
    return String.format(
        Locale.ROOT, "%s  frame %d  %.3f s  %s%n", frame.input(), frame.index(), seconds, text);
  }

  /** The label, or the class's number where there is none. */
  static String name(Detection d) {
    return d.label().orElse("class " + d.classId());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** The JSON of a frame. */
  static ObjectNode json(Frame frame, List<Detection> found) {
    ObjectNode line = JsonLine.object().put("input", frame.input()).put("frame", frame.index());
    frame.timeMillis().ifPresent(t -> line.put("t_ms", Math.round(t * 1000) / 1000.0));
    line.put("width", frame.image().uprightWidth()).put("height", frame.image().uprightHeight());
    ArrayNode detections = line.putArray("detections");
    for (Detection d : found) {
      detections
          .addObject()
          .put("class_id", d.classId())
          .put("label", d.label().orElse(null))
          .put("score", d.score())
          .putArray("box")
          .add(d.box().x1())
          .add(d.box().y1())
          .add(d.box().x2())
          .add(d.box().y2());
    }
    return line;
  }

  /** The JSON of a frame that failed. */
  static ObjectNode json(Frame frame, AvocetException failure) {
    ObjectNode line = JsonLine.object().put("input", frame.input());
    if (frame.index() > 0) {
      line.put("frame", frame.index());
    }
    line.set("error", JsonLine.error(failure));
    return line;
  }
}
