package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code on {@code docs/extending.md} is that of {@code examples/extensions}, which is run. */
class ExtendingPageTest {
  private final Path sources = Page.root().resolve("examples/extensions/src/main");

  @Test
  void shouldShowTheCodeThatIsRun() throws IOException {
    List<Page.Block> blocks = Page.read("docs/extending.md").blocks();
    assertThat(blocks).hasSizeGreaterThan(7);
    for (Page.Block block : blocks) {
      boolean java = block.language().equals("java");
      Path file =
          sources.resolve(
              java ? "java/com/example/" + block.topic() : "resources/META-INF/" + block.topic());
      assertThat(Files.readString(file)).as(block.where()).contains(block.text());
    }
  }

  @Test
  void shouldShowWhatTheModelSays() throws IOException {
    String page = Page.read("docs/extending.md").text();
    Path model = Page.root().resolve("examples/extensions/model");
    String text =
        (Files.readString(model.resolve("pipeline.json"))
                + Files.readString(model.resolve("deploy.json")))
            .replaceAll("\\s+", " ");
    for (String part :
        List.of(
            "{\"type\": \"CutEdges\", \"edges\": [4, 2, 0, 2]}",
            "\"component\": \"BrightCells\", \"params\": {\"threshold\": 0.5}",
            "\"backend\": \"cells\"",
            "\"net\": \"net.cells\"")) {
      assertThat(page).contains(part);
      assertThat(text).contains(part);
    }
  }
}
