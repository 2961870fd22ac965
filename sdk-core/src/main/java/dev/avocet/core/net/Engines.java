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
   * Chooses the engine for a network: the one that {@code device} names, else the one that the
   * model names, else the first that is usable, runs on the device and reads the file. The choice
   * and the reasons against the others are logged.
   *
   * @param backend the model's own word, or empty
   * @param file name of the network's file
   * @throws AvocetException INVALID_ARG where the named engine is not known, NOT_SUPPORTED where
   *     none fits; the message has each engine's reason
   */
  public static NetProvider choose(Device device, String backend, String file) {
    List<NetProvider> all = installed();
    if (device.engine().isPresent()
        && all.stream().noneMatch(p -> p.name().equals(device.engine().get()))) {
      throw AvocetException.invalidArgument(
          "device=%s: there is no engine \"%s\"; on the class path are %s"
              .formatted(device, device.engine().get(), names(all)));
    }
    List<NetProvider> fitting = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    for (NetProvider provider : all) {
      String reason = objection(provider, device, file);
      if (reason.isEmpty()) {
        fitting.add(provider);
      } else {
        reasons.add(provider.name() + ": " + reason);
      }
    }
    NetProvider chosen =
        fitting.stream()
            .filter(p -> p.name().equals(backend))
            .findFirst()
            .or(() -> fitting.stream().findFirst())
            .orElseThrow(
                () ->
                    AvocetException.notSupported(
                        "no engine runs file=%s on device=%s; %s"
                            .formatted(file, device, why(all, file, reasons))));
    LOG.info("{} runs on {} {}; not {}", file, chosen.name(), chosen.version(), reasons);
    return chosen;
  }

  private static String why(List<NetProvider> all, String file, List<String> reasons) {
    if (all.isEmpty()) {
      return "none is on the class path, add avocet-net-onnxruntime";
    }
    String text = String.join("; ", reasons);
    return all.stream().anyMatch(provider -> provider.reads(file))
        ? text
        : text + ": export the model again as ONNX (MMDeploy's backend onnxruntime)";
  }

  private static String objection(NetProvider provider, Device device, String file) {
    if (device.engine().isPresent() && !device.engine().get().equals(provider.name())) {
      return "device=" + device + " names another engine";
    }
    if (provider.unavailable().isPresent()) {
      return provider.unavailable().get();
    }
    if (!provider.runsOn(device.name())) {
      return "does not run on device \"" + device.name() + "\"";
    }
    if (!provider.reads(file)) {
      return "does not read this file";
    }
    return "";
  }

  private static List<String> names(List<NetProvider> providers) {
    return providers.stream().map(NetProvider::name).toList();
  }
}
