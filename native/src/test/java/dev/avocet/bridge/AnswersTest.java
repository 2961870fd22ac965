package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import dev.avocet.core.internal.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

/**
 * Every task through the bridge, field by field against the Java handle's answer, which {@link
 * Expected} writes for the C tests too.
 */
class AnswersTest {
  private static final Path FOLDER = Path.of("target", "expected");

  /** How a task's results are read; what each is given is the root of one picture. */
  private record Task(int type, int step, LongFunction<List<String>> reader) {}

  private static final Map<String, Task> TASKS =
      Map.ofEntries(
          Map.entry(
              "classifier",
              new Task(
                  Types.CLASSIFIER,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.classifications(at), ExpectedLines::of))),
          Map.entry(
              "video_recognizer",
              new Task(
                  Types.VIDEO_RECOGNIZER,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.classifications(at), ExpectedLines::of))),
          Map.entry(
              "detector",
              new Task(
                  Types.DETECTOR,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.detections(at), ExpectedLines::of))),
          Map.entry(
              "rotated_detector",
              new Task(
                  Types.ROTATED_DETECTOR,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.rotated(at), ExpectedLines::of))),
          Map.entry(
              "segmentor",
              new Task(
                  Types.SEGMENTOR,
                  Layouts.Segmentation.BYTES,
                  at -> List.of(ExpectedLines.of(CResults.segmentation(at))))),
          Map.entry(
              "restorer",
              new Task(
                  Types.RESTORER,
                  Layouts.Image.BYTES,
                  at -> List.of(ExpectedLines.of(CResults.image(at))))),
          Map.entry(
              "pose_detector",
              new Task(
                  Types.POSE_DETECTOR,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.poses(at), ExpectedLines::of))),
          Map.entry(
              "text_detector",
              new Task(
                  Types.TEXT_DETECTOR,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.regions(at), ExpectedLines::of))),
          Map.entry(
              "text_recognizer",
              new Task(
                  Types.TEXT_RECOGNIZER,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.texts(at), ExpectedLines::of))),
          Map.entry(
              "pose_tracker",
              new Task(
                  Types.POSE_TRACKER,
                  Layouts.Items.BYTES,
                  at -> lines(CResults.tracked(at), ExpectedLines::of))));

  private static <T> List<String> lines(
      List<T> items, java.util.function.Function<T, String> line) {
    return items.stream().map(line).toList();
  }

  @Test
  void shouldAnswerWhatTheJavaHandlesAnswer() throws IOException {
    boolean shared = Files.isDirectory(Path.of(System.getProperty("avocet.shared"), "assets"));
    Expected.write(Files.createDirectories(FOLDER), shared);
    List<String> lines = Files.readAllLines(FOLDER.resolve("expected.txt"));
    assertThat(lines.stream().map(line -> line.split(" ", 2)[0]).distinct())
        .hasSize(shared ? 13 : 2);
    long before = Memory.liveBytes();
    long[] live = live();
    for (List<String[]> group : groups(lines)) {
      check(group);
    }
    assertThat(Memory.liveBytes()).isEqualTo(before);
    assertThat(live()).isEqualTo(live);
  }

  private static long[] live() {
    try (CStructs c = new CStructs()) {
      long counts = c.int64s(-1, -1);
      c.ask(Questions.LIVE, 0, counts);
      return new long[] {CMemory.int64(counts), CMemory.int64(counts + Long.BYTES)};
    }
  }

  /** Lines of one task and model: {@code task, model, picture, what, rest}. */
  private static List<List<String[]>> groups(List<String> lines) {
    Map<String, List<String[]>> groups = new LinkedHashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", 5);
      groups.computeIfAbsent(words[0] + " " + words[1], k -> new ArrayList<>()).add(words);
    }
    return List.copyOf(groups.values());
  }

  private static void check(List<String[]> group) {
    String[] first = group.get(0);
    String name = first[0].replaceAll("_(boxes|quads)$", "");
    int type = name.equals("pipeline") ? Types.PIPELINE : TASKS.get(name).type;
    try (CStructs c = new CStructs()) {
      String[] models = first[1].split(",", -1);
      long source = c.pathSource(FOLDER.resolve("models").resolve(models[0]));
      if (models.length == 2) {
        CStructs.int64(
            source + Layouts.Source.POSE_PATH,
            c.text(FOLDER.resolve("models").resolve(models[1]).toString()));
      }
      long handle = c.create(type, source, c.options());
      check(c, type, handle, group);
      c.destroy(type, handle);
    }
  }

  private static void check(CStructs c, int type, long handle, List<String[]> group) {
    Map<String, String> extra = new LinkedHashMap<>();
    long state = 0;
    for (int i = 0; i < group.size(); i++) {
      String[] words = group.get(i);
      switch (words[3]) {
        case "begin" -> state = c.create(Types.TRACKER_STATE, c.parentSource(handle), 0);
        case "json" -> checkJson(c, handle, words);
        case "count" -> {
          int count = Integer.parseInt(words[4]);
          List<String> wanted =
              group.subList(i + 1, i + 1 + count).stream().map(w -> w[4]).toList();
          i += count;
          checkAnswer(c, type, handle, words, extra, state, wanted);
        }
        default -> extra.put(words[3], words[4]);
      }
    }
  }

  private static void checkJson(CStructs c, long handle, String[] words) {
    try (Image image = Image.read(FOLDER.resolve("pictures").resolve(words[2]))) {
      long input = c.input(c.images(image), 1, 0);
      CStructs.int32(input + Layouts.Input.FORM, 1);
      long text = c.apply(Types.PIPELINE, handle, input);
      assertThat(CMemory.text("json", text)).isEqualTo(words[4]);
      c.release(Types.STRING, text);
    }
  }

  private static void checkAnswer(
      CStructs c,
      int type,
      long handle,
      String[] words,
      Map<String, String> extra,
      long state,
      List<String> wanted) {
    List<Image> images = new ArrayList<>();
    try {
      for (String picture : words[2].split(",", -1)) {
        images.add(Image.read(FOLDER.resolve("pictures").resolve(picture)));
      }
      long options = state == 0 ? c.callOptions() : 0;
      long input = c.input(c.images(images.toArray(Image[]::new)), 1, options);
      extras(c, input, extra, state);
      long result = c.apply(type, handle, input);
      Task task = TASKS.get(words[0].replaceAll("_(boxes|quads)$", ""));
      assertThat(task.reader.apply(result)).as(String.join(" ", words)).isEqualTo(wanted);
      c.release(type, result);
    } finally {
      images.forEach(Image::close);
    }
    if (state == 0 && !extra.containsKey("clips")) {
      checkBatch(c, type, handle, words, extra, wanted);
    }
  }

  /** The picture twice in one call: both answers are that of the one. */
  private static void checkBatch(
      CStructs c,
      int type,
      long handle,
      String[] words,
      Map<String, String> extra,
      List<String> wanted) {
    if (!extra.isEmpty()) {
      return;
    }
    try (Image image = Image.read(FOLDER.resolve("pictures").resolve(words[2]))) {
      long result = c.apply(type, handle, c.input(c.images(image, image), 2, 0));
      Task task = TASKS.get(words[0]);
      assertThat(task.reader.apply(result)).hasSameSizeAs(wanted);
      assertThat(task.reader.apply(result + task.step)).hasSameSizeAs(wanted);
      c.release(type, result);
    }
  }

  private static void extras(CStructs c, long input, Map<String, String> extra, long state) {
    if (state != 0) {
      CStructs.int64(input + Layouts.Input.STATES, c.int64s(state));
    }
    String regions = extra.getOrDefault("boxes", extra.get("quads"));
    if (regions != null) {
      String[] numbers = regions.split(" ", -1);
      float[] corners = new float[numbers.length - 1];
      for (int i = 0; i < corners.length; i++) {
        corners[i] = Float.parseFloat(numbers[i + 1]);
      }
      CStructs.int64(input + Layouts.Input.REGIONS, c.floats(corners));
      CStructs.int64(input + Layouts.Input.REGION_COUNTS, c.int32s(Integer.parseInt(numbers[0])));
    }
    if (extra.containsKey("clips")) {
      int[] clips =
          Arrays.stream(extra.get("clips").split(" ", -1)).mapToInt(Integer::parseInt).toArray();
      CStructs.int64(input + Layouts.Input.VIDEOS, c.int32s(clips));
    }
  }
}
