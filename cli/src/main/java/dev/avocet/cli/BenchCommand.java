package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.Model;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.NetProvider;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code avocet bench}. */
@Command(
    name = "bench",
    description = {
      "Times a model: each stage, the whole call, and the engine alone in the same run.",
      "'ratio' is whole call / engine alone: the median over alternating blocks of calls.",
      "With --device all: every device of every engine that reads the model, side by side.",
      "With --watch: calls, power and performance per watt, a line each time, until Ctrl-C."
    },
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
  private static final Device ALL = new Device(Optional.empty(), "all", 0);
  private static final double SECONDS = 10;
  private static final int MADE_WIDTH = 1280;
  private static final int MADE_HEIGHT = 720;

  @ParentCommand private AvocetCommand parent;

  @Parameters(index = "0", arity = "0..1", paramLabel = "MODEL", description = ModelOptions.MODEL)
  private Path modelPath;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "INPUT",
      description =
          "Its first frame is used (default: a picture that comes along, else noise of 1280x720): "
              + InputOptions.INPUTS)
  private String input;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "How long to measure each device, about (default: 10).")
  private Double seconds;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description = "Callers at once when counting calls a second, and with --watch (default: 1).")
  private int concurrency;

  @Option(names = "--json", description = "Print JSON, see docs/json.md.")
  private boolean json;

  @Mixin private WatchOptions watch;

  @Mixin private InputOptions inputs;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    double measured = seconds == null ? SECONDS : seconds;
    if (!(measured >= 0.1 && measured <= 3600)) {
      throw CommandFailure.usage("--seconds=%s: expected 0.1 to 3600".formatted(seconds));
    }
    if (concurrency < 1 || concurrency > 1024) {
      throw CommandFailure.usage("--concurrency=%d: expected 1 to 1024".formatted(concurrency));
    }
    boolean all = options.device().equals(ALL);
    if (!all) {
      options.net();
    }
    Path path = ModelOptions.orDefault(modelPath);
    SourceOptions sources = inputs.sources(SourceOptions.Pace.FAST);
    Optional<String> name = input == null ? shippedPicture() : Optional.of(input);
    try (Model model = CommandFailure.orExit(CommandFailure.MODEL, () -> Model.open(path));
        Frame frame = name.map(n -> first(n, sources)).orElseGet(BenchCommand::noise)) {
      Image picture = frame.image();
      if (watch.asked()) {
        return watch(model, picture);
      }
      List<ModelOptions> devices = all ? readers(model) : List.of(options);
      List<Bench.Outcome> outcomes = new Bench(model, picture, concurrency, measured).run(devices);
      ObjectNode facts = about(path, name, picture);
      int threads = devices.get(0).net().effectiveThreads();
      return all ? compare(facts, outcomes, threads) : report(facts, outcomes.get(0), threads);
    }
  }

  private int watch(Model model, Image picture) {
    if (options.device().equals(ALL)) {
      throw CommandFailure.usage("--watch: name one device, not all");
    }
    if (seconds != null) {
      throw CommandFailure.usage("--seconds goes without --watch, which has --count");
    }
    BoardWatch board = watch.open(parent.console(), json);
    try (BenchSubject subject = BenchSubject.open(model, options, concurrency)) {
      return BenchWatch.run(board, subject, picture, concurrency);
    }
  }

  /** Every device of every usable engine that reads the model's network. */
  private List<ModelOptions> readers(Model model) {
    return CommandFailure.orExit(
        CommandFailure.MODEL,
        () -> {
          String file = model.net(ModelFacts.network(model).name()).net();
          List<String> engines =
              Engines.installed().stream()
                  .filter(engine -> engine.reads(file))
                  .map(NetProvider::name)
                  .toList();
          List<Device> there = Engines.devices();
          List<ModelOptions> devices =
              there.stream()
                  .filter(device -> engines.contains(device.engine().orElse("")))
                  .map(options::on)
                  .toList();
          if (devices.isEmpty()) {
            throw AvocetException.notSupported(
                "%s: no usable engine reads %s; there are the devices %s"
                    .formatted(model.files().origin(), file, there));
          }
          return devices;
        });
  }

  private static ObjectNode about(Path model, Optional<String> input, Image picture) {
    return JsonLine.object()
        .put("model", model.toString())
        .put("input", input.orElse(null))
        .put("width", picture.uprightWidth())
        .put("height", picture.uprightHeight());
  }

  private int report(ObjectNode facts, Bench.Outcome outcome, int threads) {
    BenchResult result =
        outcome
            .result()
            .orElseThrow(() -> outcome.failure().orElseThrow(IllegalStateException::new));
    BenchReport.add(facts, result, threads, concurrency);
    if (json) {
      JsonLine.write(parent.console().out(), facts);
    } else {
      parent.console().out().print(BenchReport.text(facts));
    }
    return 0;
  }

  private int compare(ObjectNode facts, List<Bench.Outcome> outcomes, int threads) {
    BenchComparison.add(facts, outcomes, threads, concurrency);
    if (json) {
      JsonLine.write(parent.console().out(), facts);
    } else {
      parent.console().out().print(BenchComparison.text(facts));
    }
    boolean none = outcomes.stream().allMatch(outcome -> outcome.result().isEmpty());
    return none ? CommandFailure.MODEL : 0;
  }

  /** The frame stays valid when its source is closed, so that nothing decodes beside the bench. */
  private static Frame first(String input, SourceOptions options) {
    try (FrameSource source = Frames.open(options, List.of(input))) {
      Frame frame =
          source
              .next()
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          CommandFailure.INPUT, input + ": ends before its first frame", null));
      frame
          .error()
          .ifPresent(
              e -> {
                throw new CommandFailure(CommandFailure.INPUT, e.getMessage(), e);
              });
      return frame;
    }
  }

  private static Optional<String> shippedPicture() {
    String home = System.getProperty("avocet.home");
    Path media = Path.of(home == null ? "." : home, "examples", "media");
    if (!Files.isDirectory(media)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(media)) {
      return files.map(Path::toString).filter(f -> f.endsWith(".jpg")).sorted().findFirst();
    } catch (IOException e) {
      throw new CommandFailure(CommandFailure.INPUT, media + " cannot be listed: " + e, e);
    }
  }

  private static Frame noise() {
    byte[] pixels = new byte[MADE_WIDTH * MADE_HEIGHT * 3];
    new Random(1).nextBytes(pixels);
    Image image = Image.copyOf(pixels, PixelFormat.BGR, MADE_WIDTH, MADE_HEIGHT);
    return Frame.of("noise", 0, image);
  }
}
