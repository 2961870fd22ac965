package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Classification;
import dev.avocet.ClassifyOptions;
import dev.avocet.VideoClips;
import dev.avocet.VideoRecognizer;
import dev.avocet.core.Drawable;
import dev.avocet.media.Frame;
import dev.avocet.media.FrameSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code avocet action}. */
@Command(
    name = "action",
    description = {
      "Says what happens in videos, and in folders whose pictures are the frames of one.",
      "An input is cut into pieces of clips x clip length x interval frames, each answered on its"
          + " own; of a piece every interval-th frame is shown to the network, clip after clip. What"
          + " is left at the end is answered where it is half a piece or all there is; its last"
          + " frame stands for those that are missing.",
      "-o draws the last answer on every frame."
    },
    sortOptions = false)
final class ActionCommand extends RegionCommand {
  @Option(
      names = "--clip-length",
      paramLabel = "N",
      defaultValue = "8",
      description = "Frames that the network sees as one clip, as its input has them (default: 8).")
  private int clipLength;

  @Option(
      names = "--clips",
      paramLabel = "N",
      defaultValue = "1",
      description = "Clips that are averaged into one answer (default: 1).")
  private int clips;

  @Option(
      names = "--interval",
      paramLabel = "N",
      defaultValue = "1",
      description = "Take every N-th frame (default: 1, every frame).")
  private int interval;

  @Mixin private ClassOptions classes;

  @Override
  Task task(OpenModels models) {
    checkCount("--clip-length", clipLength);
    checkCount("--clips", clips);
    checkCount("--interval", interval);
    ClassifyOptions options = classes.check(region());
    VideoRecognizer recognizer =
        models.open(
            requiredModel(),
            VideoRecognizer.class,
            VideoRecognizer::builder,
            VideoRecognizer::close);
    return new Watching(recognizer, options, new ClipSampler(clipLength * clips, interval));
  }

  private static void checkCount(String option, int count) {
    if (count < 1 || count > 1000) {
      throw CommandFailure.usage("%s=%d: expected 1 to 1000".formatted(option, count));
    }
  }

  /** Gathers frames, and answers with the last of a piece. */
  private final class Watching implements Task {
    private final VideoRecognizer recognizer;
    private final ClassifyOptions options;
    private final ClipSampler sampler;
    private Lookahead frames;
    private List<Classification> latest = List.of();

    Watching(VideoRecognizer recognizer, ClassifyOptions options, ClipSampler sampler) {
      this.recognizer = recognizer;
      this.options = options;
      this.sampler = sampler;
    }

    @Override
    public FrameSource source(FrameSource source) {
      frames = new Lookahead(source);
      return frames;
    }

    @Override
    public FrameAnswer apply(Frame frame) {
      if (frames.isFirst()) {
        sampler.begin();
        latest = List.of();
      }
      Optional<ClipSampler.Piece> piece = sampler.add(frame, frames.isLast());
      if (piece.isEmpty()) {
        return new Watched(latest, Optional.empty(), 0);
      }
      try (ClipSampler.Piece whole = piece.get()) {
        latest = recognizer.recognize(new VideoClips(whole.pictures(), clipLength), options);
        return new Watched(latest, Optional.of(whole.first()), whole.length());
      }
    }
  }

  /**
   * What happens in the piece that ends with a frame.
   *
   * @param first frame of the piece; empty where a piece does not end here
   * @param length of the piece, in frames of the input
   */
  private record Watched(List<Classification> classes, Optional<FrameFacts> first, int length)
      implements FrameAnswer {
    private ClassifyCommand.Named named() {
      return new ClassifyCommand.Named(classes);
    }

    @Override
    public Optional<FrameFacts> about(Frame frame) {
      return first;
    }

    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      line.put("frames", length);
      named().addTo(line, file);
    }

    @Override
    public String headline() {
      return "%s, %d frames".formatted(named().headline(), length);
    }

    @Override
    public String line() {
      return "%s, %d frames".formatted(named().line(), length);
    }

    @Override
    public String details() {
      return named().details();
    }

    @Override
    public List<? extends Drawable> drawables() {
      return classes;
    }
  }
}
