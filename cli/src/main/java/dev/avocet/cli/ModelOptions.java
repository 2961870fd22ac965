package dev.avocet.cli;

import dev.avocet.HandleBuilder;
import dev.avocet.core.Device;
import dev.avocet.core.model.DeployInfo;
import dev.avocet.core.model.Model;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.preprocess.PlanMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that opens a model. */
final class ModelOptions {
  /** What a model may be, the same in every command. */
  static final String MODEL =
      "Model folder or zip file (default: the printed-code detector that comes along).";

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description =
          "Where to run: [engine:]device[:n], for example cpu, openvino:CPU or cuda:0;"
              + " 'avocet devices' lists what is there (default: cpu).")
  private Device device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Processor threads for one call (default: all that this process may use).")
  private int threads;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      defaultValue = "FUSED",
      description =
          "How preprocessing runs: fused, engine (inside of the network where the engine can), plain"
              + " (fused, in plain Java) or reference (step by step).")
  private PlanMode plan;

  @Option(
      names = "--engine-option",
      paramLabel = "NAME=VALUE",
      description = "An option of the engine, as its README lists them; may be repeated.")
  private Map<String, String> engineOptions = new LinkedHashMap<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The model named, or the one that comes with the command. */
  static Path orDefault(Path model) {
    if (model != null) {
      return model;
    }
    String home = System.getProperty("avocet.home");
    Path ours = Path.of(home == null ? "." : home, "models", "parcels");
    if (!Files.isDirectory(ours)) {
      throw new CommandFailure(
          CommandFailure.MODEL,
          "no model is named and the default one is not at %s: name one with -m".formatted(ours),
          null);
    }
    return ours;
  }

  /** The same on another device. */
  ModelOptions on(Device other) {
    ModelOptions options = new ModelOptions();
    options.device = other;
    options.threads = threads;
    options.plan = plan;
    options.engineOptions = engineOptions;
    options.command = command;
    return options;
  }

  Device device() {
    return device;
  }

  PlanMode plan() {
    return plan;
  }

  /** How the engine runs; ends the command where that makes no sense on any model. */
  NetOptions net() {
    return CommandFailure.orExit(
        CommandFailure.USAGE,
        () -> {
          Engines.check(device);
          return new NetOptions(threads, engineOptions);
        });
  }

  /** Opens a handle with these options. */
  <H> H open(HandleBuilder<H> builder) {
    NetOptions net = net();
    try (Opening opening = opening()) {
      builder.device(device).threads(net.threads()).planMode(plan).listener(opening);
      net.properties().forEach(builder::engineOption);
      return CommandFailure.orExit(CommandFailure.MODEL, builder::open);
    }
  }

  /**
   * Opens a model's network alone.
   *
   * @throws dev.avocet.core.AvocetException as {@link dev.avocet.core.net.NetProvider#open}
   */
  Net open(Model model, DeployInfo.NetFile file) {
    NetOptions net = net();
    try (Opening opening = opening()) {
      return Engines.choose(device, file.backend(), file.net())
          .open(
              model.files(),
              file.net(),
              file.weights(),
              device,
              new NetOptions(net.threads(), net.concurrency(), net.properties(), opening));
    }
  }

  private Opening opening() {
    return new Opening(((AvocetCommand) command.root().userObject()).console());
  }
}
