package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.Detection;
import dev.avocet.Detector;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.model.StepSpec;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.preprocess.TransformProvider;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Preprocessor;
import dev.avocet.preprocess.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/model-folder.md}: its JSON runs, and it has every key that the code reads. */
class ModelFolderTest {
  /** A key that is read of a JSON object, wherever the parsers lie. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?:has|is[A-Z]\\w+|text|texts|ints|floats|floatRows|\\w+Value|objects?|objectOrEmpty|[pP]air|positive|positivePair)"
              + "\\((?:params, )?\"([a-z_]+)\"");

  /** Keys that transforms read through what they share. */
  private static final Map<String, String> SHARED =
      Map.of("padValue(", "pad_val", "interpolation(params", "interpolation", "checkKeys(", "keys");

  @TempDir Path home;

  private Page page;
  private Path model;

  @BeforeEach
  void writeTheExample() throws IOException, InterruptedException {
    page = Page.read("docs/model-folder.md");
    User user = User.create(home);
    user.run(user.sources(), page.blocks("sh").get(0).text());
    model = user.sources().resolve("my-model");
    for (String file : List.of("deploy.json", "pipeline.json", "avocet.json", "detail.json")) {
      Files.writeString(model.resolve(file), page.block(file));
    }
  }

  @Test
  void shouldFindWhatTheDefaultModelFinds() {
    try (Detector detector = Detector.open(model);
        Detector own = Detector.open(Page.root().resolve("models/parcels"));
        Image picture = Image.read(Page.root().resolve("examples/media/parcel-1.jpg"))) {
      List<String> labels = labels(detector.detect(picture));
      assertThat(labels).isNotEmpty().isEqualTo(labels(own.detect(picture)));
    }
  }

  private static List<String> labels(List<Detection> found) {
    return found.stream().map(d -> d.label().orElseThrow()).sorted().toList();
  }

  @Test
  void shouldShowTheMessageOfAWrongValue() throws IOException {
    writeTransforms("{\"type\": \"LoadImageFromFile\"}, {\"type\": \"Resize\", \"size\": \"big\"}");
    assertThatThrownBy(() -> Detector.open(model).close())
        .satisfies(
            e -> {
              String shown = e.getMessage().replace(model.toString(), "my-model");
              assertThat(page.text()).contains("`" + shown + "`");
            });
  }

  private void writeTransforms(String transforms) throws IOException {
    String text = page.block("pipeline.json");
    int from = text.indexOf("\"transforms\": [") + "\"transforms\": [".length();
    int to = text.indexOf("        ]", from);
    Files.writeString(
        model.resolve("pipeline.json"), text.substring(0, from) + transforms + text.substring(to));
  }

  @Test
  void shouldRunEveryTransformWithAllItsKeys() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Page.Block block : page.blocks("json")) {
      if (block.topic().equals("transform")) {
        String type = Params.parse(block.where(), block.text()).text("type");
        shown.add(type);
        writeTransforms(around(type, block.text()));
        try (Model opened = Model.open(model);
            Image picture = Image.allocate(PixelFormat.BGR, 1000, 800)) {
          List<StepSpec> steps = steps(opened);
          try (Preprocessor preprocessor = Preprocessor.create(steps, PlanMode.FUSED)) {
            boolean clip = preprocessor.takesClips();
            Source source = clip ? Source.clips(List.of(picture), 1) : Source.of(picture);
            assertThat(preprocessor.plan(source).shape().rank())
                .as(block.where())
                .isEqualTo(clip ? 5 : 4);
          }
          assertThat(steps).allSatisfy(s -> assertThat(s.params().unread()).isEmpty());
        }
      }
    }
    assertThat(shown)
        .containsExactlyElementsOf(
            ServiceLoader.load(TransformProvider.class).stream()
                .map(p -> p.get().name())
                .sorted()
                .toList());
  }

  private static List<StepSpec> steps(Model model) {
    return model.pipeline().tasks().stream()
        .filter(TaskSpec.Preprocess.class::isInstance)
        .map(TaskSpec.Preprocess.class::cast)
        .findFirst()
        .orElseThrow()
        .steps();
  }

  /** A list of transforms that is complete with this one. */
  private static String around(String type, String block) {
    String load = "{\"type\": \"LoadImageFromFile\"},";
    String bundle = ",{\"type\": \"DefaultFormatBundle\"}";
    String normalize = "{\"type\": \"Normalize\", \"mean\": [0, 0, 0], \"std\": [1, 1, 1]}";
    String lift = "{\"type\": \"Lift\", \"transforms\": [" + load + normalize;
    String format = "{\"type\": \"FormatShape\", \"input_format\": \"NCHW\"}";
    return switch (type) {
      case "Lift" -> block + "," + format;
      case "TenCrop", "ThreeCrop" -> lift + "," + block + "]}," + format;
      case "FormatShape" -> lift + "]}," + block;
      case "LoadImageFromFile" -> block + bundle;
      case "ImageToTensor", "DefaultFormatBundle" -> load + block;
      case "Collect" -> load + bundle.substring(1) + "," + block;
      default -> load + block + bundle;
    };
  }

  @Test
  void shouldCreateEveryHeadWithAllItsKeys() throws IOException {
    Files.writeString(model.resolve("dict_file.txt"), "a\nb\n");
    Set<String> known = new TreeSet<>();
    for (HeadProvider provider : ServiceLoader.load(HeadProvider.class)) {
      String name = provider.module() + " " + provider.component();
      known.add("head " + name);
      Params params = Params.parse(name, page.block("head " + name));
      assertThat(provider.create(params, ModelFiles.directory(model))).isNotNull();
      assertThat(params.unread()).as(name).isEmpty();
    }
    assertThat(page.blocks("json").stream().map(Page.Block::topic).filter(t -> t.contains("head ")))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void shouldNameEveryKeyOfTheFiles() throws IOException {
    for (String parser : List.of("DeployInfo", "PipelineSpec", "TaskParser", "ModelCard")) {
      Path source = Path.of("sdk-core/src/main/java/dev/avocet/core/model", parser + ".java");
      Set<String> keys = keys(Files.readString(Page.root().resolve(source)));
      assertThat(keys).as(parser).isNotEmpty();
      for (String key : keys) {
        assertThat(page.text()).as("key of " + parser).containsPattern("[`.]" + key + "`");
      }
    }
  }

  @Test
  void shouldNameEveryKeyOfTransformsAndHeads() throws IOException {
    for (TransformProvider provider : ServiceLoader.load(TransformProvider.class)) {
      assertSection("preprocess", provider.getClass(), provider.name());
    }
    for (HeadProvider provider : ServiceLoader.load(HeadProvider.class)) {
      Class<?> head = provider.getClass().getEnclosingClass();
      String title = provider.module() + " " + provider.component();
      String section = assertSection("postprocess", head, title);
      assertThat(provider.aliases())
          .allSatisfy(alias -> assertThat(section).as(title).contains("`" + alias + "`"));
    }
  }

  private String assertSection(String module, Class<?> type, String title) throws IOException {
    int from = page.text().indexOf("\n### " + title + "\n");
    assertThat(from).as("section " + title).isPositive();
    int to = page.text().indexOf("\n#", from + 5);
    String section = page.text().substring(from, to);
    String file = type.getName().replace('.', '/') + ".java";
    Path source = Page.root().resolve(module).resolve("src/main/java").resolve(file);
    for (String key : keys(Files.readString(source))) {
      assertThat(section).as(title).containsPattern("[`.\"]" + key + "[`\"]");
    }
    return section;
  }

  private static Set<String> keys(String source) {
    Set<String> keys = new TreeSet<>();
    Matcher matcher = KEY.matcher(source);
    while (matcher.find()) {
      keys.add(matcher.group(1));
    }
    SHARED.forEach(
        (call, key) -> {
          if (source.contains("ParamReader." + call)) {
            keys.add(key);
          }
        });
    return keys;
  }
}
