package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One choice of an engine, and what is said about it. Confined to one thread.
 *
 * @see Engines#choose
 */
final class EngineChoice {
  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

  private final Device device;
  private final String file;
  private final List<NetProvider> all;
  private final List<String> against = new ArrayList<>();

  EngineChoice(Device device, String file, List<NetProvider> all) {
    this.device = device;
    this.file = file;
    this.all = all;
  }

  /**
   * The engine to take.
   *
   * @param candidates those that the device leaves open
   * @param backend the model's own word, or empty
   */
  NetProvider of(List<NetProvider> candidates, String backend) {
    Optional<NetProvider> wanted =
        device.engine().isPresent() ? Optional.empty() : Engines.named(backend, all);
    // Alone first: to ask another engine whether it is usable may load its libraries.
    if (wanted.isPresent() && objection(wanted.get()).isEmpty()) {
      return chosen(wanted.get(), "the model's backend", all, "not the model's backend");
    }
    List<NetProvider> fitting = candidates.stream().filter(this::fits).toList();
    if (fitting.isEmpty()) {
      throw AvocetException.notSupported(
          "no engine runs file=%s on device=%s; %s".formatted(file, device, why()));
    }
    if (device.engine().isPresent()) {
      return chosen(fitting.get(0), "which the device names", all, "not named");
    }
    if (!backend.isEmpty() && wanted.isEmpty()) {
      against.add(backend + ": the model's backend, not on the class path");
    }
    return preferred(fitting);
  }

  private boolean fits(NetProvider engine) {
    String objection = objection(engine);
    if (!objection.isEmpty()) {
      against.add(engine.name() + ": " + objection);
    }
    return objection.isEmpty();
  }

  /** Cheap questions first: the others may load the engine's libraries. */
  private String objection(NetProvider engine) {
    if (!engine.reads(file)) {
      return "does not read this file";
    }
    if (!engine.runsOn(device.name())) {
      return "does not run on device \"" + device.name() + "\"";
    }
    return engine.unavailable().orElse("");
  }

  private NetProvider preferred(List<NetProvider> fitting) {
    NetProvider best = fitting.get(0);
    for (NetProvider engine : fitting) {
      if (preference(engine) > preference(best)) {
        best = engine;
      }
    }
    for (NetProvider engine : fitting) {
      if (engine != best) {
        against.add(engine.name() + ": preference " + preference(engine));
      }
    }
    String why =
        fitting.size() == 1 ? "the only one that fits" : "with preference " + preference(best);
    return chosen(best, why, List.of(), "");
  }

  private int preference(NetProvider engine) {
    return engine.preference(device.name());
  }

  /** Says what is taken and why; {@code reason} holds against the others of {@code rest}. */
  private NetProvider chosen(
      NetProvider engine, String why, List<NetProvider> rest, String reason) {
    rest.stream()
        .filter(other -> other != engine)
        .forEach(other -> against.add(other.name() + ": " + reason));
    LOG.info(
        "{} runs on device={} with {} {}, {}{}",
        file,
        device,
        engine.name(),
        engine.version(),
        why,
        against.isEmpty() ? "" : "; not with " + String.join("; ", against));
    return engine;
  }

  private String why() {
    if (all.isEmpty()) {
      return "none is on the class path, add avocet-net-onnxruntime";
    }
    String text = String.join("; ", against);
    return all.stream().anyMatch(engine -> engine.reads(file))
        ? text
        : text + ": export the model again as ONNX (MMDeploy's backend onnxruntime)";
  }
}
