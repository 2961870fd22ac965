package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.Answer;
import dev.avocet.Pipeline;
import dev.avocet.core.Image;
import dev.avocet.core.graph.PipelineModuleProvider;
import dev.avocet.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/pipelines.md}: its pipelines can be opened, and every module has its line. Models
 * that it names are the default model's network with a head of the kind that the pipeline wants.
 */
class PipelinesPageTest {
  private static final Path PARCELS = Page.root().resolve("models/parcels");
  private static final String LABELS = "mmcls LinearClsHead";

  @TempDir Path folder;

  private Model model(String name, String head) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    for (String file : List.of("deploy.json", "end2end.onnx")) {
      Files.copy(PARCELS.resolve(file), copy.resolve(file));
    }
    String[] words = head.split(" ", -1);
    String pipeline =
        Files.readString(PARCELS.resolve("pipeline.json"))
            .replaceFirst("\"module\": \"mmdet\"", "\"module\": \"" + words[0] + "\"")
            .replaceFirst("\"component\": \"\\w+\"", "\"component\": \"" + words[1] + "\"");
    Files.writeString(copy.resolve("pipeline.json"), pipeline);
    return Model.open(copy);
  }

  @Test
  void shouldOpenEveryPipelineAndRunThoseOfTheDefaultModel() throws IOException {
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("models/parcels", Model.open(PARCELS));
    models.put("detector", models.get("models/parcels"));
    models.put("classifier", model("classifier", LABELS));
    models.put("angle-classifier", model("angle-classifier", LABELS));
    models.put("text-recognizer", model("text-recognizer", LABELS));
    models.put("text-detector", model("text-detector", "mmocr DBHead"));
    models.put("pose", model("pose", "mmpose TopdownHeatmapSimpleHeadDecode"));
    List<Page.Block> blocks = Page.read("docs/pipelines.md").blocks("json");
    assertThat(blocks).hasSizeGreaterThan(4);
    for (Page.Block block : blocks) {
      Path file = Files.writeString(folder.resolve(block.topic()), block.text());
      try (Pipeline pipeline = Pipeline.builder(file, models).open()) {
        assertThat(pipeline.stats()).as(block.where()).isNotEmpty();
        if (block.topic().equals("codes.json")) {
          assertCodes(pipeline);
        }
      }
    }
    models.values().forEach(Model::close);
  }

  private static void assertCodes(Pipeline pipeline) {
    try (Image image = Image.read(Page.root().resolve("examples/media/parcel-1.jpg"));
        Answer answer = pipeline.run(image)) {
      int codes = answer.first("codes").items().size();
      assertThat(codes).isPositive();
      assertThat(answer.first("pictures").items()).hasSize(codes);
    }
  }

  @Test
  void shouldNameEveryModule() throws IOException {
    String page = Page.read("docs/pipelines.md").text();
    for (PipelineModuleProvider provider : ServiceLoader.load(PipelineModuleProvider.class)) {
      assertThat(page).contains("| `" + provider.name() + "` |");
    }
  }
}
