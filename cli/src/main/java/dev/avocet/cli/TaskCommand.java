package dev.avocet.cli;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import dev.avocet.media.FrameSinks;
import dev.avocet.media.FrameSource;
import dev.avocet.media.Frames;
import dev.avocet.media.SourceOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * What every command has that applies models to pictures, videos, cameras and streams: it takes
 * frame after frame, has a {@link Task} answer, prints and draws the {@link FrameAnswer}. A command
 * adds its own options and its task.
 */
abstract class TaskCommand implements Callable<Integer> {
  @ParentCommand private AvocetCommand parent;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUTPUT",
      description =
          "Draw the result into this picture, this video (.mp4, .mov, .mkv), or into pictures in"
              + " this folder.")
  private String output;

  @Option(names = "--json", description = "Print one JSON object a frame, see docs/json.md.")
  private boolean json;

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

  /** What the user named as inputs. */
  abstract List<String> inputs();

  /** Checks the command's options and opens its models. */
  abstract Task task(OpenModels models);

  @Override
  public Integer call() {
    if (frameLimit != null && frameLimit < 1) {
      throw CommandFailure.usage("--frames=%d: expected at least 1".formatted(frameLimit));
    }
    SourceOptions sources = input.sources(pace);
    try (OpenModels models = new OpenModels(model)) {
      Task task = task(models);
      try (FrameSource frames = task.source(frames(sources));
          Interruption interruption = new Interruption(frames::close)) {
        run(task, frames);
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

  private FrameSource frames(SourceOptions options) {
    FrameSource frames = Frames.open(options, inputs());
    return frameLimit == null ? frames : new FirstFrames(frames, frameLimit);
  }

  private void run(Task task, FrameSource frames) {
    Console console = parent.console();
    OptionalLong total = frames.size();
    try (FrameSink sink = output == null ? null : openSink(total, frames)) {
      Report report;
      try (Progress progress = new Progress(console, console.terminal() && !json, total);
          OutputThread outputs = new OutputThread()) {
        report = new Report(console, json, Optional.ofNullable(sink), progress);
        for (Optional<Frame> next = frames.next(); next.isPresent(); next = frames.next()) {
          process(next.get(), task, report, outputs);
        }
        outputs.finish();
      }
      if (sink != null) {
        finish(sink);
      }
      report.summary(frames.dropped(), output);
    }
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

  private void process(Frame frame, Task task, Report report, OutputThread outputs) {
    if (frame.error().isPresent()) {
      failedInputs++;
      outputs.submit(() -> report.failed(frame, frame.error().get()), frame::close);
      return;
    }
    try {
      FrameAnswer answer = task.apply(frame);
      outputs.submit(
          () -> report.answered(frame, answer),
          () -> {
            answer.close();
            frame.close();
          });
    } catch (AvocetException e) {
      boolean picture = e.status() == Status.INVALID_ARG || e.status() == Status.OUT_OF_RANGE;
      failedInputs += picture ? 1 : 0;
      failedCalls += picture ? 0 : 1;
      outputs.submit(() -> report.failed(frame, e), frame::close);
    }
  }
}
