package dev.avocet.cli;

import dev.avocet.Detection;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.media.Annotation;
import dev.avocet.media.Annotator;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says and draws what was found, frame by frame: as JSON, or as a table for a picture and a line
 * for a frame of a video that is not drawn. Used by one thread at a time.
 */
final class DetectReport {
  private final Console console;
  private final boolean json;
  private final Optional<FrameSink> sink;
  private final Progress progress;
  private final long start = System.nanoTime();
  private long frames;
  private boolean video;
  private boolean drawn;

  DetectReport(Console console, boolean json, Optional<FrameSink> sink, Progress progress) {
    this.console = console;
    this.json = json;
    this.sink = sink;
    this.progress = progress;
  }

  /** Ends the command where the drawing cannot be written, or nobody reads what is printed. */
  void found(Frame frame, List<Detection> found) {
    Optional<Path> file = sink.map(s -> draw(frame, found, s));
    boolean ofVideo = frame.timeMillis().isPresent();
    if (json) {
      JsonLine.write(console.out(), DetectionText.json(frame, found));
    } else if (!ofVideo) {
      String table = DetectionText.table(frame.input(), frame.image(), found);
      print(table + file.map(f -> "  drawn into " + f + "\n").orElse(""));
    } else if (sink.isEmpty()) {
      print(DetectionText.line(frame, found));
    }
    video |= ofVideo;
    drawn |= file.isPresent();
    frames++;
    done();
  }

  /** The frame could not be had, or the network failed on it; the others go on. */
  void failed(Frame frame, AvocetException failure) {
    if (json) {
      JsonLine.write(console.out(), DetectionText.json(frame, failure));
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

  private static Path draw(Frame frame, List<Detection> found, FrameSink sink) {
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
    try (Image picture = Annotator.annotate(frame.image(), annotations)) {
      return sink.write(frame, picture);
    } catch (AvocetException e) {
      throw CommandFailure.output(e);
    }
  }
}
