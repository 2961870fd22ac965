package dev.avocet.camera.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models and devices that may be switched between. Thread safe. */
final class Choices {
  private static final Logger LOG = LoggerFactory.getLogger(Choices.class);

  private final Map<String, Path> models = new LinkedHashMap<>();
  private final Map<String, String> devices = new LinkedHashMap<>();

  /**
   * Choices so far.
   *
   * @param paths of the models, the first one first
   * @param device that is in use; others are found by {@link #findDevices}
   */
  Choices(List<String> paths, String device) {
    for (String path : paths) {
      Path model = Path.of(path);
      if (!models.containsValue(model)) {
        models.put(unused(name(model)), model);
      }
    }
    devices.put(device, device);
  }

  /** How a model is called: its file's or folder's name. */
  static String name(Path model) {
    Path file = model.toAbsolutePath().normalize().getFileName();
    return file == null ? "model" : file.toString().replaceFirst("(?i)\\.(zip|json)$", "");
  }

  private String unused(String name) {
    String unused = name;
    for (int i = 2; models.containsKey(unused); i++) {
      unused = name + "-" + i;
    }
    return unused;
  }

  /** Asks every engine; this may load libraries and take seconds. */
  void findDevices() {
    Map<String, String> found = new LinkedHashMap<>();
    for (NetProvider engine : Engines.installed()) {
      if (engine.unavailable().isPresent()) {
        continue;
      }
      try {
        for (NetDevice device : engine.devices()) {
          found.put(engine.name() + ":" + device.name(), device.fullName());
        }
      } catch (AvocetException e) {
        LOG.warn("engine {} cannot list its devices: {}", engine.name(), e.getMessage());
      }
    }
    synchronized (this) {
      devices.putAll(found);
    }
  }

  /** Name of the first model. */
  synchronized String first() {
    return models.keySet().iterator().next();
  }

  /**
   * Where a model lies.
   *
   * @throws AvocetException INVALID_ARG where there is none of this name
   */
  synchronized Path model(String name) {
    Path path = models.get(name);
    if (path == null) {
      throw AvocetException.invalidArgument(
          "model=%s: there are %s".formatted(name, new ArrayList<>(models.keySet())));
    }
    return path;
  }

  /** Refuses a device that is not among the choices, with INVALID_ARG. */
  synchronized void checkDevice(String device) {
    if (!devices.containsKey(device)) {
      throw AvocetException.invalidArgument(
          "device=%s: there are %s".formatted(device, new ArrayList<>(devices.keySet())));
    }
  }

  /** Adds models and devices. */
  synchronized void addTo(ObjectNode json) {
    ArrayNode modelList = json.putArray("models");
    models.keySet().forEach(name -> modelList.addObject().put("name", name));
    ArrayNode deviceList = json.putArray("devices");
    devices.forEach(
        (name, fullName) -> deviceList.addObject().put("name", name).put("full_name", fullName));
  }
}
