package dev.avocet.cli;

import dev.avocet.DetectOptions;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.ImageCodec;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.media.Annotation;
import dev.avocet.media.Annotator;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code avocet detect}. */
@Command(
    name = "detect",
    description = "Finds objects in pictures: prints where they are and draws them.",
    sortOptions = false)
final class DetectCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Parameters(
      paramLabel = "INPUT",
      arity = "1..*",
      description = "Pictures, folders of pictures, or globs in quotes ('photos/*.jpg').")
  private List<String> inputs;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description =
          "Model folder or zip file (default: the printed-code detector that comes along).")
  private Path modelPath;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUTPUT",
      description = "Draw labelled boxes into this file, or into files in this folder.")
  private String output;

  @Option(names = "--json", description = "Print one JSON object a picture, see docs/json.md.")
  private boolean json;

  @Option(
      names = "--score",
      paramLabel = "S",
      description = "Keep what scores at least S, 0 to 1 (default: as the model says).")
  private Double score;

  @Option(
      names = "--classes",
      paramLabel = "CLASS",
      split = ",",
      description = "Keep these classes, by name or number, separated by commas.")
  private List<String> classes = List.of();

  @Option(
      names = "--region",
      paramLabel = "X,Y,W,H",
      description = "Look at this part of each picture only.")
  private Rect region;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Refuse pictures of more pixels (default: 100000000).")
  private long maxPixels = ImageCodec.Options.DEFAULT.maxPixels();

  @Mixin private ModelOptions model;

  private int failedInputs;
  private int failedCalls;

  @Override
  public Integer call() {
    Console console = parent.console();
    ImageCodec.Options decoding =
        CommandFailure.orExit(CommandFailure.USAGE, () -> new ImageCodec.Options(true, maxPixels));
    DetectOptions options = CommandFailure.orExit(CommandFailure.USAGE, this::options);
    try (Detector detector = model.open(Detector.builder(ModelOptions.orDefault(modelPath)));
        FrameSource frames =
            Frames.open(new SourceOptions(decoding, SourceOptions.Pace.FAST, ""), inputs)) {
      long total = frames.size().orElse(Long.MAX_VALUE);
      Optional<OutputFiles> files =
          Optional.ofNullable(output).map(o -> OutputFiles.prepare(o, total));
      DetectOptions complete = options.withClasses(classNumbers(detector));
      try (Progress progress = new Progress(console, console.terminal() && !json, total)) {
        for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
          try (Frame frame = next.get()) {
            process(frame, detector, complete, files, progress);
          }
          progress.step();
          if (console.out().checkError()) {
            throw new CommandFailure(
                CommandFailure.RUNNING, "standard output is closed or full", null);
          }
        }
      }
    }
    if (failedCalls > 0) {
      return CommandFailure.RUNNING;
    }
    return failedInputs > 0 ? CommandFailure.INPUT : 0;
  }

  private DetectOptions options() {
    DetectOptions options = DetectOptions.DEFAULT;
    if (score != null) {
      // The same check as in each call, before any work is done.
      new HeadOptions(OptionalDouble.of(score));
      options = options.withScoreThreshold(score);
    }
    return region == null ? options : options.withRegion(region);
  }

  private Set<Integer> classNumbers(Detector detector) {
    List<String> labels = detector.card().labels();
    Set<Integer> numbers = new HashSet<>();
    for (String name : classes) {
      int number = labels.indexOf(name);
      if (number < 0 && name.matches("\\d{1,9}")) {
        number = Integer.parseInt(name);
      }
      if (number < 0) {
        throw CommandFailure.usage(
            "--classes=%s: the model has no class \"%s\"; it has %s"
                .formatted(String.join(",", classes), name, labels));
      }
      numbers.add(number);
    }
    return numbers;
  }

  private void process(
      Frame frame,
      Detector detector,
      DetectOptions options,
      Optional<OutputFiles> files,
      Progress progress) {
    if (frame.error().isPresent()) {
      failedInputs++;
      fail(frame, frame.error().get(), progress);
      return;
    }
    List<Detection> found;
    try {
      found = detector.detect(frame.image(), options);
    } catch (AvocetException e) {
      boolean picture = e.status() == Status.INVALID_ARG || e.status() == Status.OUT_OF_RANGE;
      failedInputs += picture ? 1 : 0;
      failedCalls += picture ? 0 : 1;
      fail(frame, e, progress);
      return;
    }
    Optional<Path> written = files.map(f -> draw(frame, found, f));
    Console console = parent.console();
    if (json) {
      JsonLine.write(console.out(), DetectionText.json(frame, found));
      return;
    }
    synchronized (console) {
      progress.clear();
      console.out().print(DetectionText.table(frame.input(), frame.image(), found));
      written.ifPresent(file -> console.out().println("  drawn into " + file));
      console.out().flush();
    }
  }

  private void fail(Frame frame, AvocetException failure, Progress progress) {
    Console console = parent.console();
    if (json) {
      JsonLine.write(console.out(), DetectionText.json(frame, failure));
      return;
    }
    synchronized (console) {
      progress.clear();
      String message = failure.getMessage();
      boolean named = message.contains(frame.input());
      console.say(named ? message : frame.input() + ": " + message);
    }
  }

  private static Path draw(Frame frame, List<Detection> found, OutputFiles files) {
    List<Annotation> annotations =
        found.stream()
            .map(
                d ->
                    new Annotation(
                        d.box().x1(),
                        d.box().y1(),
                        d.box().x2(),
                        d.box().y2(),
                        DetectionText.name(d),
                        d.score(),
                        d.classId()))
            .toList();
    try (Image drawn = Annotator.annotate(frame.image(), annotations)) {
      return files.write(frame.input(), drawn);
    }
  }
}
