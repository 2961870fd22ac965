package dev.avocet.camera.seen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Box;
import dev.avocet.KeyPoint;
import dev.avocet.Pose;
import dev.avocet.core.Mask;
import dev.avocet.core.Point;
import dev.avocet.core.Rect;
import java.util.List;
import java.util.Locale;

/** Observations as docs/json.md has them. Stateless. */
public final class SeenJson {
  private SeenJson() {}

  /** An observation without its picture; a new object. */
  public static ObjectNode of(Observation seen) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("source", seen.source())
            .put("frame", seen.frame())
            .put("time", seen.time().toString());
    seen.timeMillis().ifPresent(t -> json.put("t_ms", Math.round(t * 1000) / 1000.0));
    json.put("width", seen.width()).put("height", seen.height()).put("model", seen.model());
    ArrayNode objects = json.putArray("objects");
    seen.found().forEach(found -> add(objects.addObject(), found));
    ArrayNode events = json.putArray("events");
    for (Happening event : seen.happenings()) {
      events
          .addObject()
          .put("kind", event.kind().name().toLowerCase(Locale.ROOT))
          .put("name", event.name())
          .put("track_id", event.trackId())
          .put("class_id", event.classId())
          .put("label", event.label());
    }
    ObjectNode counts = json.putObject("counts");
    seen.counts().forEach((name, numbers) -> numbers.forEach(counts.withObject(name)::put));
    return json;
  }

  private static void add(ObjectNode json, Found found) {
    if (found.trackId().isPresent()) {
      json.put("track_id", found.trackId().getAsLong());
    } else {
      json.putNull("track_id");
    }
    json.put("class_id", found.classId()).put("label", found.label()).put("score", found.score());
    if (found.box().isPresent()) {
      Box b = found.box().get();
      json.putArray("box").add(b.x1()).add(b.y1()).add(b.x2()).add(b.y2());
    } else {
      json.putNull("box");
    }
    if (!found.polygon().isEmpty()) {
      points(json.putArray("polygon"), found.polygon());
    }
    found.mask().ifPresent(mask -> mask(json.putObject("mask"), mask));
    found.pose().ifPresent(pose -> pose(json, pose));
    found.text().ifPresent(text -> json.put("text", text));
  }

  private static void pose(ObjectNode json, Pose pose) {
    ArrayNode points = json.putArray("key_points");
    List<String> names = pose.skeleton().names();
    for (int i = 0; i < pose.keyPoints().size(); i++) {
      KeyPoint p = pose.keyPoints().get(i);
      points
          .addObject()
          .put("name", i < names.size() ? names.get(i) : null)
          .put("x", p.x())
          .put("y", p.y())
          .put("score", p.score());
    }
    if (!pose.skeleton().limbs().isEmpty()) {
      ArrayNode limbs = json.putArray("limbs");
      pose.skeleton().limbs().forEach(limb -> limbs.addArray().add(limb.from()).add(limb.to()));
    }
  }

  private static void points(ArrayNode list, List<Point> points) {
    points.forEach(p -> list.addArray().add(p.x()).add(p.y()));
  }

  private static void mask(ObjectNode json, Mask mask) {
    Rect window = mask.window();
    json.putArray("area").add(window.x()).add(window.y()).add(window.width()).add(window.height());
    ArrayNode runs = json.putArray("runs");
    for (int run : mask.runs()) {
      runs.add(run);
    }
  }
}
