package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines that are no files: a text, and the pipeline of a model that is open. */
class PipelineSourcesTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    float[] boxes = {0, 0, 10, 20, 0.9f, 10, 0, 20, 20, 0.8f};
    TestModels.constantDetector(folder.resolve("detector"), boxes, 0, 1);
  }

  private static String text(String model) {
    return "{\"type\": \"Pipeline\", \"input\": \"img\", \"output\": \"dets\", \"tasks\": ["
        + PipelineTest.DETECT.replace("detector", model)
        + "]}";
  }

  private static String run(HandleBuilder<Pipeline> builder) {
    try (Pipeline pipeline = builder.open();
        Image image = TestModels.stripes(10, 20, 2, 1);
        Answer answer = pipeline.run(image)) {
      return answer.get(pipeline.outputs().get(0)).get(0).toJson();
    }
  }

  @Test
  void shouldRunATextAsItRunsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("graph.json"), text("detector"));
    String wanted = run(Pipeline.builder(file));
    assertThat(wanted).contains("bbox");
    assertThat(run(Pipeline.builder(text("detector"), folder, Map.of()))).isEqualTo(wanted);
    try (Model model = Model.open(folder.resolve("detector"))) {
      Path elsewhere = folder.resolve("elsewhere");
      assertThat(run(Pipeline.builder(text("mine"), elsewhere, Map.of("mine", model))))
          .isEqualTo(wanted);
      assertThat(model.files().has("deploy.json")).isTrue();
    }
  }

  @Test
  void shouldRunThePipelineOfAModelThatIsOpen() {
    String wanted = run(Pipeline.builder(folder.resolve("detector")));
    try (Model model = Model.open(folder.resolve("detector"))) {
      HandleBuilder<Pipeline> builder = Pipeline.builder(model);
      assertThat(run(builder)).isEqualTo(wanted);
      assertThat(model.files().has("deploy.json")).isTrue();
    }
  }

  @Test
  void shouldSayWhereATextIsWrong() {
    assertWrong("{", "pipeline in memory: not JSON at line 1");
    assertWrong("{\"type\": \"Pipeline\"}", "pipeline in memory: $.input: expected");
    assertWrong(text("none"), "pipeline in memory: $.tasks[0]");
    assertWrong(" ".repeat(5 << 20), "pipeline in memory: characters=5242880");
  }

  private void assertWrong(String text, String message) {
    assertThatThrownBy(() -> Pipeline.builder(text, folder, Map.of()).open())
        .isInstanceOf(AvocetException.class)
        .hasMessageStartingWith(message);
  }
}
