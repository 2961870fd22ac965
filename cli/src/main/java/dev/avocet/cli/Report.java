package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.media.Annotator;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Says and draws what a task answers, frame by frame: as JSON, or as a table for a picture and a
 * line for a frame of a video that is not drawn. Used by one thread at a time.
 */
final class Report {
  private final Console console;
  private final boolean json;
  private final Optional<FrameSink> sink;
  private final Progress progress;
  private final long start = System.nanoTime();
  private long frames;
  private boolean video;
  private boolean drawn;

  Report(Console console, boolean json, Optional<FrameSink> sink, Progress progress) {
    this.console = console;
    this.json = json;
    this.sink = sink;
    this.progress = progress;
  }

  /** Ends the command where the drawing cannot be written, or nobody reads what is printed. */
  void answered(Frame frame, FrameAnswer answer) {
    Optional<Path> file = sink.map(s -> draw(frame, answer, s));
    answer.about(frame).ifPresent(facts -> say(facts, answer, file));
    video |= frame.timeMillis().isPresent();
    drawn |= file.isPresent();
    frames++;
    done();
  }

  private void say(FrameFacts facts, FrameAnswer answer, Optional<Path> file) {
    if (json) {
      ObjectNode line = facts.json();
      answer.addTo(line, file);
      JsonLine.write(console.out(), line);
    } else if (facts.timeMillis().isEmpty()) {
      print(
          "%s  %d x %d  %s%n%s%s"
              .formatted(
                  facts.input(),
                  facts.width(),
                  facts.height(),
                  answer.headline(),
                  answer.details(),
                  file.map(f -> "  drawn into " + f + "\n").orElse("")));
    } else if (file.isEmpty()) {
      double seconds = facts.timeMillis().getAsDouble() / 1000;
      print(
          String.format(
              Locale.ROOT,
              "%s  frame %d  %.3f s  %s%n",
              facts.input(),
              facts.index(),
              seconds,
              answer.line()));
    }
  }

  /** The frame could not be had, or the network failed on it; the others go on. */
  void failed(Frame frame, AvocetException failure) {
    if (json) {
      ObjectNode line = JsonLine.object().put("input", frame.input());
      if (frame.index() > 0) {
        line.put("frame", frame.index());
      }
      line.set("error", JsonLine.error(failure));
      JsonLine.write(console.out(), line);
    } else {
      String message = failure.getMessage();
      boolean named = message.contains(frame.input());
      synchronized (console) {
        progress.clear();
        console.say(named ? message : frame.input() + ": " + message);
      }
    }
    done();
  }

  private void print(String text) {
    synchronized (console) {
      progress.clear();
      console.out().print(text);
      console.out().flush();
    }
  }

  private void done() {
    progress.step();
    if (console.out().checkError()) {
      throw new CommandFailure(CommandFailure.RUNNING, "standard output is closed or full", null);
    }
  }

  /**
   * A line on a run that had a video in it; beside JSON it stands on the error stream.
   *
   * @param dropped frames that were passed over
   * @param output where it was drawn, as the user named it
   */
  void summary(long dropped, String output) {
    if (!video) {
      return;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "%d %s in %.1f s: %.1f frames/s, %d dropped%s",
            frames,
            frames == 1 ? "frame" : "frames",
            seconds,
            frames / seconds,
            dropped,
            drawn ? "; drawn into " + output : "");
    if (json) {
      console.say(text);
    } else {
      print(text + "\n");
    }
  }

  private static Path draw(Frame frame, FrameAnswer answer, FrameSink sink) {
    try {
      if (answer.picture().isPresent()) {
        return sink.write(frame, answer.picture().get());
      }
      try (Image picture = Annotator.annotate(frame.image(), answer.drawables())) {
        return sink.write(frame, picture);
      }
    } catch (AvocetException e) {
      throw CommandFailure.output(e);
    }
  }
}
