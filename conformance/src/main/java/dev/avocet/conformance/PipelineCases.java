package dev.avocet.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.avocet.Answer;
import dev.avocet.Pipeline;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Status;
import dev.avocet.core.Value;
import dev.avocet.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares value trees: texts, labels and numbers of entries exactly, scores within 1e-4, boxes
 * within 0.01 px, quadrilaterals, which the reference rounds, within 0.5 px from any corner on. The
 * scores of a text's tokens are compared within 1e-3: those of {@code graph-ocr-plaque} differ from
 * machine to machine: the reference itself answers 0.80934 on one where the case says 0.80899.
 * Regions and what was answered for them are compared as one list of pairs, in any order, since
 * only scores decide theirs. The reference crashes where nothing is found in a picture, so such a
 * case has no answer to compare: then there have to be as many answers as regions.
 */
final class PipelineCases implements TaskRunner {
  private static final String MODELS = "MODELS/";
  private static final double SCORE = 1e-4;
  private static final double TOKEN_SCORE = 1e-3;
  private static final double PIXELS = 0.01;
  private static final double ROUNDED_PIXELS = 0.5;

  @Override
  public Verdict run(Case one, RunOptions options) {
    Map<String, Model> models = models(one.images().resolveSibling("sdk-models"));
    try (Pipeline pipeline =
        options.open(Pipeline.builder(one.folder().resolve("pipeline.json"), models))) {
      return one.withPictures(images -> answer(one, pipeline, images));
    } finally {
      models.values().forEach(Model::close);
    }
  }

  @Override
  public boolean judgesUnanswered() {
    return true;
  }

  private static Verdict answer(Case one, Pipeline pipeline, List<Image> images) {
    try (Answer answer = pipeline.run(images)) {
      if (one.hasExpected()) {
        return compare(answer, one.expected().path("outputs"));
      }
      return withoutReference(one, answer);
    }
  }

  /** As many answers as regions for each picture; none in the case made to have none. */
  private static Verdict withoutReference(Case one, Answer answer) {
    boolean none = one.folder().getFileName().toString().endsWith("-none");
    List<List<Value>> outputs = List.copyOf(answer.outputs().values());
    for (int s = 0; s < outputs.get(0).size(); s++) {
      int entries = none ? 0 : outputs.get(0).get(s).items().size();
      for (List<Value> output : outputs) {
        if (output.get(s).items().size() != entries) {
          return Verdict.differs(
              "expected %d entries in each list, found %s".formatted(entries, answer.toJson()));
        }
      }
    }
    return Verdict.AGREES;
  }

  private static Map<String, Model> models(Path folder) {
    Map<String, Model> models = new HashMap<>();
    try (Stream<Path> folders = Files.list(folder)) {
      folders
          .filter(Files::isDirectory)
          .forEach(model -> models.put(MODELS + model.getFileName(), Model.open(model)));
      return models;
    } catch (IOException e) {
      models.values().forEach(Model::close);
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the case's models should lie in " + folder, e);
    }
  }

  static Verdict compare(Answer answer, JsonNode expected) {
    List<String> names = new ArrayList<>();
    expected.fieldNames().forEachRemaining(names::add);
    int samples = expected.path(names.get(0)).size();
    for (String name : names) {
      if (answer.get(name).size() != samples) {
        return Verdict.differs(
            "%s has %d samples, expected %d".formatted(name, answer.get(name).size(), samples));
      }
    }
    for (int s = 0; s < samples; s++) {
      List<List<Value>> found = new ArrayList<>();
      List<JsonNode> wanted = new ArrayList<>();
      for (String name : names) {
        found.add(answer.get(name).get(s).items());
        wanted.add(expected.path(name).path(s));
      }
      Verdict verdict = compareRows(found, wanted);
      if (!verdict.passed()) {
        return Verdict.differs("sample %d: %s".formatted(s, verdict.why()));
      }
    }
    return Verdict.AGREES;
  }

  /** A row is an entry of each list at one place. */
  private static Verdict compareRows(List<List<Value>> found, List<JsonNode> wanted) {
    int rows = wanted.get(0).size();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).size() != rows) {
        return Verdict.differs(
            "list %d has %d entries, expected %d".formatted(i, found.get(i).size(), rows));
      }
    }
    List<Integer> left = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      left.add(row);
    }
    for (int row = 0; row < rows; row++) {
      int want = row;
      Integer match =
          left.stream().filter(r -> rowsAgree(found, r, wanted, want)).findFirst().orElse(null);
      if (match == null) {
        return Verdict.differs(
            "nothing agrees with entry %d: %s; found %s"
                .formatted(row, wanted.stream().map(w -> w.get(want)).toList(), text(found)));
      }
      left.remove(match);
    }
    return Verdict.AGREES;
  }

  private static String text(List<List<Value>> found) {
    return found.stream().map(list -> Value.of(list).toJson()).toList().toString();
  }

  private static boolean rowsAgree(
      List<List<Value>> found, int row, List<JsonNode> wanted, int want) {
    for (int i = 0; i < found.size(); i++) {
      if (!agree(found.get(i).get(row), wanted.get(i).get(want), SCORE)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agree(Value found, JsonNode wanted, double tolerance) {
    if (wanted.isObject()) {
      for (String key : (Iterable<String>) wanted::fieldNames) {
        boolean box = key.equals("bbox");
        double allowed = wanted.has("text") ? TOKEN_SCORE : tolerance;
        if (!found.has(key)
            || !(box
                ? boxesAgree(found.get(key).asFloats(), wanted.get(key))
                : agree(found.get(key), wanted.get(key), allowed))) {
          return false;
        }
      }
      return true;
    }
    if (wanted.isArray()) {
      List<Value> items = found.items();
      for (int i = 0; i < items.size() && i < wanted.size(); i++) {
        if (!agree(items.get(i), wanted.get(i), tolerance)) {
          return false;
        }
      }
      return items.size() == wanted.size();
    }
    if (wanted.isTextual()) {
      return found.asText().equals(wanted.textValue());
    }
    return wanted.isIntegralNumber()
        ? found.asDouble() == wanted.doubleValue()
        : Math.abs(found.asDouble() - wanted.doubleValue()) <= tolerance;
  }

  /** The same corners in the same direction around; of eight numbers from any of them. */
  private static boolean boxesAgree(float[] found, JsonNode wanted) {
    if (found.length != wanted.size()) {
      return false;
    }
    boolean quad = found.length == 8;
    int starts = quad ? 4 : 1;
    for (int start = 0; start < starts; start++) {
      boolean all = true;
      for (int i = 0; i < found.length; i++) {
        double other = wanted.get((i + 2 * start) % found.length).doubleValue();
        all &= Math.abs(found[i] - other) <= (quad ? ROUNDED_PIXELS : PIXELS);
      }
      if (all) {
        return true;
      }
    }
    return false;
  }
}
