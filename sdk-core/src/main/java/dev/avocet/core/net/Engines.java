package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines on the class path, and which of them is to run a network. Thread safe. */
public final class Engines {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  private Engines() {}

  /**
   * All engines on the class path, usable or not, by name. One whose class cannot be loaded, as
   * where its jar is there but not what it depends on, is left out with a warning in the log.
   */
  public static List<NetProvider> installed() {
    return ServiceLoader.load(NetProvider.class).stream()
        .flatMap(provider -> load(provider).stream())
        .sorted(Comparator.comparing(NetProvider::name))
        .toList();
  }

  private static Optional<NetProvider> load(ServiceLoader.Provider<NetProvider> provider) {
    try {
      return Optional.of(provider.get());
    } catch (ServiceConfigurationError | LinkageError e) {
      LOG.warn("engine {} is left out, it cannot be loaded", provider.type().getName(), e);
      return Optional.empty();
    }
  }

  /**
   * Every device of every usable engine, engine and all, so that each can be opened as it is; by
   * engine, in the engine's order. An engine that cannot list its devices is left out with a
   * warning in the log.
   */
  public static List<Device> devices() {
    return devices(installed());
  }

  private static List<Device> devices(List<NetProvider> engines) {
    List<Device> found = new ArrayList<>();
    for (NetProvider engine : engines) {
      if (engine.unavailable().isPresent()) {
        continue;
      }
      try {
        for (NetDevice device : engine.devices()) {
          found.add(Device.parse(engine.name() + ":" + device.name()));
        }
      } catch (AvocetException e) {
        LOG.warn("engine {} is left out, it cannot list its devices", engine.name(), e);
      }
    }
    return found;
  }

  /**
   * Refuses a device that no engine on the class path can run on at all, before there is a network.
   * Whether a device that an engine knows is there shows when a network is opened on it.
   *
   * @throws AvocetException INVALID_ARG, naming the engines or devices that there are
   */
  public static void check(Device device) {
    List<NetProvider> all = installed();
    if (candidates(device, all).stream().noneMatch(engine -> engine.runsOn(device.name()))) {
      throw AvocetException.invalidArgument(
          "device=%s: no engine here knows the device \"%s\"; there are %s"
              .formatted(device, device.name(), devices(all)));
    }
  }

  /**
   * Chooses the engine for a network: the one that {@code device} names; else the one that the
   * model names, if it is usable, runs on the device and reads the file; else, of those that do,
   * the one with the highest {@link NetProvider#preference} for the device, the first by name where
   * several have it. The choice, its reason and the reasons against the others are logged in one
   * line.
   *
   * @param backend the model's own word, or empty
   * @param file name of the network's file
   * @throws AvocetException INVALID_ARG where the named engine is not known, NOT_SUPPORTED where
   *     none fits; the message has each engine's reason
   */
  public static NetProvider choose(Device device, String backend, String file) {
    List<NetProvider> all = installed();
    return new EngineChoice(device, file, all).of(candidates(device, all), backend);
  }

  /** The engines that a device leaves open. */
  private static List<NetProvider> candidates(Device device, List<NetProvider> all) {
    if (device.engine().isEmpty()) {
      return all;
    }
    String engine = device.engine().get();
    return List.of(
        named(engine, all)
            .orElseThrow(
                () ->
                    AvocetException.invalidArgument(
                        "device=%s: there is no engine \"%s\"; on the class path are %s; %s"
                            .formatted(device, engine, names(all), advice(device, all)))));
  }

  /** What to write where the first word of a device is not an engine but part of its name. */
  private static String advice(Device device, List<NetProvider> all) {
    String whole = device.engine().orElse("") + ":" + device.name();
    return all.stream()
        .filter(engine -> engine.runsOn(whole))
        .findFirst()
        .map(engine -> "write %s:%s for its device \"%s\"".formatted(engine.name(), device, whole))
        .orElse("before a device with a colon in its name write the engine: openvino:AUTO:GPU,CPU");
  }

  static Optional<NetProvider> named(String name, List<NetProvider> all) {
    return all.stream().filter(engine -> engine.name().equals(name)).findFirst();
  }

  private static List<String> names(List<NetProvider> providers) {
    return providers.stream().map(NetProvider::name).toList();
  }
}
