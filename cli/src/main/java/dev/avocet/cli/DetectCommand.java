package dev.avocet.cli;

import dev.avocet.DetectOptions;
import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Rect;
import dev.avocet.core.Status;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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
    description = "Finds objects in pictures and videos: prints where they are and draws them.",
    sortOptions = false)
final class DetectCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Parameters(paramLabel = "INPUT", arity = "1..*", description = "Each is " + InputOptions.INPUTS)
  private List<String> inputs;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = ModelOptions.MODEL)
  private Path modelPath;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUTPUT",
      description =
          "Draw labelled boxes into this picture, this video (.mp4, .mov, .mkv), or into pictures in"
              + " this folder.")
  private String output;

  @Option(names = "--json", description = "Print one JSON object a frame, see docs/json.md.")
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
      description = "Look at this part of each frame only.")
  private Rect region;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "End after N frames in all (default: at the end of the inputs).")
  private Long frameLimit;

  @Option(
      names = "--pace",
      paramLabel = "PACE",
      defaultValue = "FAST",
      description =
          "How frames of a video file come: fast, every one of them, or real, as a camera would give"
              + " them, dropping what comes too fast (default: fast).")
  private SourceOptions.Pace pace;

  @Mixin private InputOptions input;

  @Mixin private ModelOptions model;

  private int failedInputs;
  private int failedCalls;

  @Override
  public Integer call() {
    if (frameLimit != null && frameLimit < 1) {
      throw CommandFailure.usage("--frames=%d: expected at least 1".formatted(frameLimit));
    }
    SourceOptions sources = input.sources(pace);
    DetectOptions options = CommandFailure.orExit(CommandFailure.USAGE, this::options);
    try (Detector detector = model.open(Detector.builder(ModelOptions.orDefault(modelPath)));
        FrameSource frames = Frames.open(sources, inputs)) {
      DetectOptions complete = options.withClasses(classNumbers(detector));
      try (Interruption interruption = new Interruption(frames::close)) {
        run(detector, frames, complete);
        if (interruption.asked()) {
          return Interruption.EXIT_CODE;
        }
      }
    }
    if (failedCalls > 0) {
      return CommandFailure.RUNNING;
    }
    return failedInputs > 0 ? CommandFailure.INPUT : 0;
  }

  private void run(Detector detector, FrameSource frames, DetectOptions options) {
    Console console = parent.console();
    OptionalLong total = total(frames.size());
    try (FrameSink sink = output == null ? null : openSink(total, frames)) {
      DetectReport report;
      try (Progress progress = new Progress(console, console.terminal() && !json, total);
          OutputThread outputs = new OutputThread()) {
        report = new DetectReport(console, json, Optional.ofNullable(sink), progress);
        long left = frameLimit == null ? Long.MAX_VALUE : frameLimit;
        for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
          process(next.get(), detector, options, report, outputs);
          left--;
          if (left == 0) {
            break;
          }
        }
        outputs.finish();
      }
      if (sink != null) {
        finish(sink);
      }
      report.summary(frames.dropped(), output);
    }
  }

  private OptionalLong total(OptionalLong size) {
    if (frameLimit == null) {
      return size;
    }
    return OptionalLong.of(Math.min(frameLimit, size.orElse(Long.MAX_VALUE)));
  }

  private FrameSink openSink(OptionalLong total, FrameSource frames) {
    try {
      return FrameSinks.open(
          output, total, frames.frameRate().orElse(FrameSinks.DEFAULT_FRAME_RATE));
    } catch (AvocetException e) {
      throw CommandFailure.output(e);
    }
  }

  private static void finish(FrameSink sink) {
    try {
      sink.finish();
    } catch (AvocetException e) {
      throw CommandFailure.output(e);
    }
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
      DetectReport report,
      OutputThread outputs) {
    if (frame.error().isPresent()) {
      failedInputs++;
      outputs.submit(frame, () -> report.failed(frame, frame.error().get()));
      return;
    }
    Runnable work;
    try {
      List<Detection> found = detector.detect(frame.image(), options);
      work = () -> report.found(frame, found);
    } catch (AvocetException e) {
      boolean picture = e.status() == Status.INVALID_ARG || e.status() == Status.OUT_OF_RANGE;
      failedInputs += picture ? 1 : 0;
      failedCalls += picture ? 0 : 1;
      work = () -> report.failed(frame, e);
    }
    outputs.submit(frame, work);
  }
}
