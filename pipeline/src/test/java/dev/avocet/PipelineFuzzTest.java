package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.Value;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever is wired together is refused with a reason, or runs, and leaves nothing behind. */
@Tag("engineless")
class PipelineFuzzTest {
  private static final List<String> MODULES =
      List.of(
          "CropBox",
          "WarpBbox",
          "FilterBbox",
          "AddBboxField",
          "TurnText",
          "test.Join",
          "test.Wide",
          "pose_tracker::Prepare");

  private static Path folder;
  private static Map<String, Model> models;

  @BeforeContainer
  static void writeModels() throws IOException {
    folder = Files.createTempDirectory("avocet-fuzz");
    float[] boxes = {0, 0, 10, 20, 0.9f, 5, 5, 25, 9, 0.8f};
    models = new HashMap<>();
    models.put("d", Model.open(TestModels.constantDetector(folder.resolve("d"), boxes, 0, 1)));
    models.put("c", Model.open(TestModels.channelClassifier(folder.resolve("c"), 4)));
    models.put("r", Model.open(TestModels.identityRestorer(folder.resolve("r"))));
  }

  @AfterContainer
  static void removeModels() throws IOException {
    models.values().forEach(Model::close);
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 300)
  void shouldRefuseOrRunRandomPipelines(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<String> values = new ArrayList<>(List.of("img"));
    List<String> tasks = new ArrayList<>();
    int n = 1 + random.nextInt(5);
    for (int i = 0; i < n; i++) {
      tasks.add(node(random, values, 2));
    }
    String output = pick(random, values);
    String json =
        "{\"type\": \"Pipeline\", \"input\": \"img\", \"output\": \"%s\", \"tasks\": [%s]}"
            .formatted(output, String.join(",\n", tasks));
    Path file = Files.writeString(folder.resolve("graph.json"), json);
    long before = Memory.liveBytes();
    try (Pipeline pipeline = Pipeline.builder(file, models).open();
        Image image = TestModels.stripes(10, 20, 2, 0, 1);
        Answer answer = pipeline.run(List.of(image, image))) {
      assertThat(answer.get(output)).hasSize(2);
      assertThat(answer.toJson()).isNotEmpty();
    } catch (AvocetException e) {
      assertThat(e.getMessage()).contains(".json: $");
    }
    assertThat(Memory.liveBytes()).as(json).isLessThanOrEqualTo(before);
  }

  private static String pick(Random random, List<String> values) {
    // Mostly the newest, so that chains grow.
    int back = random.nextInt(3) == 0 ? random.nextInt(values.size()) : 0;
    return values.get(values.size() - 1 - back);
  }

  private static String node(Random random, List<String> values, int depth) {
    boolean flatten = random.nextInt(3) == 0;
    int kind = random.nextInt(depth > 0 ? 7 : 5);
    int inputs = kind < 3 ? 1 : 1 + random.nextInt(2);
    List<String> names = new ArrayList<>();
    List<String> wires = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      String value = i == 0 ? pick(random, values) : values.get(random.nextInt(values.size()));
      String sign = !flatten ? "" : random.nextBoolean() ? "*" : "+";
      names.add("i" + i);
      wires.add("\"i%d=%s%s\"".formatted(i, sign, value));
    }
    String made = "v" + values.size();
    String body =
        switch (kind) {
          case 0, 1, 2 ->
              "\"type\": \"Inference\", \"params\": {\"model\": \"%s\"}"
                  .formatted(List.of("d", "c", "r").get(kind));
          case 3, 4 ->
              "\"type\": \"Task\", \"module\": \"%s\""
                  .formatted(MODULES.get(random.nextInt(MODULES.size())));
          case 5 -> {
            List<String> inner = new ArrayList<>(names);
            String first = node(random, inner, depth - 1);
            String second = node(random, inner, depth - 1);
            String name = pick(random, inner);
            // The value keeps its name on the way out, so the one outside has to be it.
            made = made + "=" + (flatten ? "*" : "") + name;
            yield "\"type\": \"Pipeline\", \"tasks\": [%s, %s]".formatted(first, second);
          }
          default ->
              "\"type\": \"Cond\", \"body\": {\"type\": \"Inference\", \"params\": {\"model\":"
                  + " \"c\"}}";
        };
    values.add("v" + values.size());
    String output = made.contains("=") || !flatten ? made : "*" + made;
    return "{%s, \"input\": [%s], \"output\": \"%s\"}"
        .formatted(body, String.join(", ", wires), output);
  }

  @Property(tries = 200)
  void shouldTakeAnyValueFromOutside(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Path file =
        PipelineTest.write(folder, "[\"img\", \"dets\"]", "\"labels\"", PipelineTest.REGIONS);
    Files.writeString(file, Files.readString(file).replace("\"classifier\"", "\"c\""));
    if (random.nextBoolean()) {
      Files.writeString(file, Files.readString(file).replace("CropBox", "WarpBbox"));
    }
    try (Pipeline pipeline = Pipeline.builder(file, models).open();
        Image image = TestModels.stripes(10, 20, 2, 0, 1)) {
      for (int i = 0; i < 20; i++) {
        Map<String, List<Value>> inputs =
            Map.of(
                "img", List.of(random.nextInt(9) == 0 ? value(random, 2) : Value.of(image)),
                "dets", List.of(value(random, 3)));
        try (Answer answer = pipeline.run(inputs)) {
          assertThat(answer.first("labels").items()).isNotNull();
        } catch (AvocetException e) {
          assertThat(e.getMessage()).contains(".json: $");
        }
      }
    }
  }

  private static Value value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 4)) {
      case 0 -> Value.nothing();
      case 1 -> Value.of(random.nextLong());
      case 2 -> Value.of(number(random));
      case 3 -> Value.of("text");
      case 4 -> Value.object(Map.entry("bbox", value(random, depth - 1)));
      case 5 -> Value.object(Map.entry("bbox", numbers(random)));
      default -> {
        List<Value> items = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield Value.of(items);
      }
    };
  }

  private static Value numbers(Random random) {
    float[] numbers = new float[random.nextBoolean() ? 4 : 8];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) number(random);
    }
    return Value.of(numbers);
  }

  private static double number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> -1e30;
      case 3 -> 1e30;
      default -> random.nextInt(80) - 20 + random.nextDouble();
    };
  }
}
