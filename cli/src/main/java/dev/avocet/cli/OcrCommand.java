package dev.avocet.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.Classifier;
import dev.avocet.DetectOptions;
import dev.avocet.RecognizedText;
import dev.avocet.TextDetector;
import dev.avocet.TextRecognizer;
import dev.avocet.TextRegion;
import dev.avocet.core.Drawable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avocet ocr}. */
@Command(
    name = "ocr",
    description = {
      "Reads text.",
      "The model of -m finds the lines, that of --rec reads them. With -m alone they are only found;"
          + " with --rec alone each picture is one line.",
      "Example: avocet ocr -m models/text-detector --rec models/text-recogniser photo.jpg"
    },
    sortOptions = false)
final class OcrCommand extends RegionCommand {
  @Option(names = "--rec", paramLabel = "MODEL", description = "Model that reads a line of text.")
  private Path recognizerPath;

  @Option(
      names = "--angle",
      paramLabel = "MODEL",
      description =
          "Model that tells lines that stand on their head: a classifier whose class 1 is 180 degrees.")
  private Path anglePath;

  @Option(
      names = "--score",
      paramLabel = "S",
      description = "Keep lines whose score is at least S, 0 to 1 (default: as the model says).")
  private Double score;

  @Override
  Task task(OpenModels models) {
    if (model().isEmpty() && recognizerPath == null) {
      throw CommandFailure.usage(
          "models are missing: -m names one that finds lines of text, --rec one that reads them;"
              + " with --rec alone each picture is one line");
    }
    if (anglePath != null && recognizerPath == null) {
      throw CommandFailure.usage(
          "--angle=%s: needs --rec, a model that reads".formatted(anglePath));
    }
    DetectOptions options =
        CommandFailure.orExit(
            CommandFailure.USAGE, () -> DetectionOptions.options(score, region()));
    Optional<TextDetector> detector =
        model()
            .map(
                path ->
                    models.open(
                        path, TextDetector.class, TextDetector::builder, TextDetector::close));
    Optional<LineReader> reader =
        Optional.ofNullable(recognizerPath).map(path -> reader(path, models));
    if (detector.isEmpty()) {
      return frame -> {
        RecognizedText text = reader.get().whole(frame.image(), region());
        return new Read(List.of(new Line(Optional.empty(), Optional.of(text))));
      };
    }
    return frame -> {
      List<TextRegion> found = ReadingOrder.sort(detector.get().detect(frame.image(), options));
      List<RecognizedText> texts = reader.map(r -> r.lines(frame.image(), found)).orElse(List.of());
      return new Read(lines(found, texts));
    };
  }

  private LineReader reader(Path path, OpenModels models) {
    TextRecognizer recognizer =
        models.open(path, TextRecognizer.class, TextRecognizer::builder, TextRecognizer::close);
    Optional<Classifier> angle =
        Optional.ofNullable(anglePath)
            .map(p -> models.open(p, Classifier.class, Classifier::builder, Classifier::close));
    return new LineReader(recognizer, angle);
  }

  private static List<Line> lines(List<TextRegion> found, List<RecognizedText> texts) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Optional<RecognizedText> text =
          texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(i));
      lines.add(new Line(Optional.of(found.get(i)), text));
    }
    return lines;
  }

  /**
   * A line of text.
   *
   * @param region where it is, unless it is the whole picture
   * @param text what it says, where there is a model that reads
   */
  record Line(Optional<TextRegion> region, Optional<RecognizedText> text) {
    Drawable drawable() {
      if (region.isEmpty()) {
        return text.get();
      }
      return text.isEmpty() ? region.get() : region.get().with(text.get());
    }

    String words() {
      return text.map(RecognizedText::text).orElse("");
    }
  }

  /** The lines of a frame, in reading order. */
  record Read(List<Line> lines) implements FrameAnswer {
    @Override
    public void addTo(ObjectNode line, Optional<Path> file) {
      ArrayNode list = line.putArray("lines");
      for (Line one : lines) {
        ObjectNode json = list.addObject();
        json.putNull("polygon");
        one.region().ifPresent(region -> ResultJson.polygon(json, region.quad()));
        json.put("score", one.region().map(TextRegion::score).orElse(null));
        json.put("text", one.text().map(RecognizedText::text).orElse(null));
        Optional<RecognizedText> some = one.text().filter(t -> !t.scores().isEmpty());
        json.put("text_score", some.map(RecognizedText::score).orElse(null));
        json.putNull("char_scores");
        one.text()
            .ifPresent(
                text -> {
                  ArrayNode scores = json.putArray("char_scores");
                  text.scores().forEach(scores::add);
                });
      }
    }

    @Override
    public String headline() {
      return lines.size() + (lines.size() == 1 ? " line" : " lines");
    }

    @Override
    public String line() {
      StringJoiner text = new StringJoiner(" | ").setEmptyValue(headline());
      lines.stream().map(Line::words).filter(words -> !words.isEmpty()).forEach(text::add);
      return text.toString();
    }

    @Override
    public String details() {
      TextTable table = new TextTable("text", "score", "found", "x", "y");
      for (Line one : lines) {
        Optional<TextRegion> region = one.region();
        table.row(
            one.words(),
            one.text().map(t -> TextTable.number(t.score(), 3)).orElse("-"),
            region.map(r -> TextTable.number(r.score(), 3)).orElse("-"),
            region.map(r -> TextTable.number(r.quad().a().x(), 1)).orElse("-"),
            region.map(r -> TextTable.number(r.quad().a().y(), 1)).orElse("-"));
      }
      return table.toString();
    }

    @Override
    public List<? extends Drawable> drawables() {
      return lines.stream().map(Line::drawable).toList();
    }
  }
}
