package dev.avocet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who hears of engines that take long to open, and what giving up leaves behind. */
class OpeningTest {
  private static final String BEGINS = LaterEngine.OPENING + " 0/2";
  private static final String ENDS = LaterEngine.OPENING + " 2/2";

  @TempDir Path folder;

  private final List<String> heard = new ArrayList<>();
  private Path graph;

  @BeforeEach
  void writeModels() throws IOException {
    for (String name : List.of("a", "b")) {
      LaterEngine.takesOver(TaskModels.classifier(Files.createDirectories(folder.resolve(name))));
    }
    graph =
        PipelineTest.write(
            folder,
            "\"img\"",
            "[\"x\", \"y\"]",
            """
            {"type": "Inference", "input": "img", "output": "x", "params": {"model": "a"}},
            {"type": "Inference", "input": "img", "output": "y", "params": {"model": "b"}}
            """);
  }

  private boolean hear(String phase, int done, int steps, int most) {
    heard.add("%s %d/%d".formatted(phase, done, steps));
    return heard.size() < most;
  }

  @Test
  void shouldTellTheListenerWhenAModelIsOpened() {
    Classifier.builder(folder.resolve("a"))
        .listener((phase, done, steps) -> hear(phase, done, steps, 99))
        .open()
        .close();

    assertThat(heard).containsExactly(BEGINS, ENDS);
  }

  @Test
  void shouldTellTheListenerOfEveryNetworkWhenAPipelineIsOpened() {
    Pipeline.builder(graph)
        .listener((phase, done, steps) -> hear(phase, done, steps, 99))
        .open()
        .close();

    assertThat(heard).containsExactly(BEGINS, ENDS, BEGINS, ENDS);
    assertThat(LaterEngine.open()).isZero();
  }

  @Test
  void shouldCloseWhatIsOpenWhenTheListenerGivesUpAtALaterNetwork() {
    AvocetException e =
        assertThrows(
            AvocetException.class,
            () ->
                Pipeline.builder(graph)
                    .listener((phase, done, steps) -> hear(phase, done, steps, 3))
                    .open());

    assertThat(e.status()).isEqualTo(Status.CANCELLED);
    assertThat(e).hasMessageContaining("net.later was given up");
    assertThat(heard).containsExactly(BEGINS, ENDS, BEGINS);
    assertThat(LaterEngine.open()).isZero();
  }
}
