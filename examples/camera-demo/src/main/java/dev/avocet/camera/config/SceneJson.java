package dev.avocet.camera.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Point;
import dev.avocet.core.model.Params;
import dev.avocet.track.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lines and zones as the configuration and the page write them. Stateless. */
public final class SceneJson {
  private SceneJson() {}

  /** A scene; a new object. */
  public static ObjectNode of(Scene scene) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode lines = json.putArray("lines");
    for (Scene.Line line : scene.lines()) {
      ObjectNode one = lines.addObject().put("name", line.name());
      put(one.putArray("from"), line.from());
      put(one.putArray("to"), line.to());
      common(one, line.labels(), line.anchor());
    }
    ArrayNode zones = json.putArray("zones");
    for (Scene.Zone zone : scene.zones()) {
      ObjectNode one = zones.addObject().put("name", zone.name());
      ArrayNode corners = one.putArray("corners");
      zone.corners().forEach(corner -> put(corners.addArray(), corner));
      common(one, zone.labels(), zone.anchor());
    }
    return json;
  }

  private static void put(ArrayNode array, Point point) {
    array.add(point.x()).add(point.y());
  }

  private static void common(ObjectNode one, Set<String> labels, Scene.Anchor anchor) {
    ArrayNode list = one.putArray("labels");
    labels.stream().sorted().forEach(list::add);
    one.put("anchor", anchor.name().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads a scene.
   *
   * @throws AvocetException INVALID_ARG with the place of a mistake; an unknown key is one
   */
  public static Scene parse(Params json) {
    List<Scene.Line> lines = new ArrayList<>();
    for (Params line : list(json, "lines")) {
      lines.add(
          new Scene.Line(
              line.text("name"),
              point(line, "from"),
              point(line, "to"),
              labels(line),
              anchor(line)));
    }
    List<Scene.Zone> zones = new ArrayList<>();
    for (Params zone : list(json, "zones")) {
      List<Point> corners = new ArrayList<>();
      for (float[] corner : zone.floatRows("corners")) {
        corners.add(point(zone, "corners", corner));
      }
      zones.add(new Scene.Zone(zone.text("name"), corners, labels(zone), anchor(zone)));
    }
    ConfigFile.refuseUnknown(json);
    return new Scene(lines, zones);
  }

  private static List<Params> list(Params json, String key) {
    return json.has(key) ? json.objects(key) : List.of();
  }

  private static Point point(Params json, String key) {
    return point(json, key, json.floats(key));
  }

  private static Point point(Params json, String key, float[] numbers) {
    if (numbers.length != 2) {
      throw json.error(key, "[x, y] as shares of width and height");
    }
    return new Point(numbers[0], numbers[1]);
  }

  private static Set<String> labels(Params json) {
    return json.has("labels") ? Set.copyOf(json.texts("labels")) : Set.of();
  }

  private static Scene.Anchor anchor(Params json) {
    return switch (json.text("anchor", "centre")) {
      case "centre" -> Scene.Anchor.CENTRE;
      case "bottom" -> Scene.Anchor.BOTTOM;
      default -> throw json.error("anchor", "\"centre\" or \"bottom\"");
    };
  }
}
