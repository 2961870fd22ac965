package dev.avocet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Stats;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.Model;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
      "'ratio' is whole call / engine alone: the median over alternating blocks of calls."
    },
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {
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
      defaultValue = "10",
      description = "How long to measure, about (default: 10).")
  private double seconds;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "1",
      description = "Callers at once when counting calls a second (default: 1).")
  private int concurrency;

  @Option(names = "--json", description = "Print one JSON object, see docs/json.md.")
  private boolean json;

  @Mixin private InputOptions inputs;

  @Mixin private ModelOptions options;

  @Override
  public Integer call() {
    if (!(seconds >= 0.1 && seconds <= 3600)) {
      throw CommandFailure.usage("--seconds=%s: expected 0.1 to 3600".formatted(seconds));
    }
    if (concurrency < 1 || concurrency > 1024) {
      throw CommandFailure.usage("--concurrency=%d: expected 1 to 1024".formatted(concurrency));
    }
    Path path = ModelOptions.orDefault(modelPath);
    SourceOptions sources = inputs.sources(SourceOptions.Pace.FAST);
    Optional<String> name = input == null ? shippedPicture() : Optional.of(input);
    try (Model model = CommandFailure.orExit(CommandFailure.MODEL, () -> Model.open(path));
        Frame frame = name.map(n -> first(n, sources)).orElseGet(BenchCommand::noise)) {
      Image picture = frame.image();
      Bench.Result result = new Bench(model, picture, options, concurrency, seconds).run();
      ObjectNode facts = facts(path, name, picture, result);
      if (json) {
        JsonLine.write(parent.console().out(), facts);
      } else {
        print(parent.console().out(), facts);
      }
    }
    return 0;
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

  private ObjectNode facts(Path model, Optional<String> input, Image picture, Bench.Result result) {
    ObjectNode facts =
        JsonLine.object()
            .put("model", model.toString())
            .put("input", input.orElse(null))
            .put("width", picture.uprightWidth())
            .put("height", picture.uprightHeight())
            .put("engine", result.engine())
            .put("threads", options.net().effectiveThreads());
    ArrayNode stages = facts.putArray("stages");
    for (Stats.Stage stage : result.stats().stages()) {
      stages
          .addObject()
          .put("name", stage.name())
          .put("count", stage.count())
          .put("p50_ms", millis(stage.p50()))
          .put("p99_ms", millis(stage.p99()));
    }
    facts.set("layers", LayerFacts.json(result.stats().layers()));
    facts.set("engine_alone", times(result.engineAlone()));
    facts.set("whole_call", times(result.wholeCall()));
    return facts
        .put("ratio", rounded(result.ratio(0.5), 1e3))
        .put("ratio_lower_quartile", rounded(result.ratio(0.25), 1e3))
        .put("alternations", result.ratios().size())
        .put("block", result.block())
        .put("concurrency", concurrency)
        .put("calls_per_s", rounded(result.callsPerSecond(), 1e2))
        .put("heap_bytes_per_call", rounded(result.heapBytesPerCall(), 1e1));
  }

  private static ObjectNode times(Samples samples) {
    return JsonLine.object()
        .put("count", samples.size())
        .put("p50_ms", rounded(samples.millis(0, 0.5), 1e4))
        .put("p99_ms", rounded(samples.millis(0, 0.99), 1e4));
  }

  private static double millis(Duration duration) {
    return rounded(duration.toNanos() / 1e6, 1e4);
  }

  private static double rounded(double value, double parts) {
    return Math.round(value * parts) / parts;
  }

  private static void print(PrintStream out, JsonNode facts) {
    out.printf(
        Locale.ROOT,
        "%s on %s, %d x %d%n%s%n%n",
        facts.path("model").asText(),
        facts.path("input").asText("noise"),
        facts.path("width").asInt(),
        facts.path("height").asInt(),
        facts.path("engine").asText());
    out.printf("  %-14s %8s %9s %9s%n", "stage", "calls", "p50 ms", "p99 ms");
    for (JsonNode stage : facts.path("stages")) {
      row(out, stage.path("name").asText(), stage);
    }
    row(out, "whole call", facts.path("whole_call"));
    row(out, "engine alone", facts.path("engine_alone"));
    out.print(LayerFacts.slowest(facts.path("layers")));
    out.printf(
        Locale.ROOT,
        "%n  ratio %.3f (lower quartile %.3f; whole call / engine alone, %d alternations of %d)%n",
        facts.path("ratio").asDouble(),
        facts.path("ratio_lower_quartile").asDouble(),
        facts.path("alternations").asInt(),
        facts.path("block").asInt());
    out.printf(
        Locale.ROOT,
        "  %.1f calls a second with %d at once, %.0f heap bytes a call%n",
        facts.path("calls_per_s").asDouble(),
        facts.path("concurrency").asInt(),
        facts.path("heap_bytes_per_call").asDouble());
  }

  private static void row(PrintStream out, String name, JsonNode times) {
    out.printf(
        Locale.ROOT,
        "  %-14s %8d %9.3f %9.3f%n",
        name,
        times.path("count").asLong(),
        times.path("p50_ms").asDouble(),
        times.path("p99_ms").asDouble());
  }
}
