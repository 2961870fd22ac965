package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.avocet.Detector;
import dev.avocet.HandleBuilder;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.model.Model;
import dev.avocet.core.model.TaskSpec;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Preprocessor;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code examples/extensions}: a transform, a head and an engine from outside the repository's
 * modules.
 */
class ExtensionsTest {
  private static final String ANSWER = "bright 1.0 Box[x1=20.0, y1=10.0, x2=28.0, y2=18.0]\n";

  @TempDir Path home;

  @Test
  void shouldRunATransformAHeadAndAnEngineFromOutside() throws IOException, InterruptedException {
    User user = User.create(home);
    Path folder = user.copy("examples/extensions");
    Page.Block command = Page.read("examples/extensions/README.md").blocks("sh").get(0);
    assertThat(user.run(folder, command.text()).out()).isEqualTo(ANSWER);

    User.Answer tree =
        user.run(folder, "mvn org.apache.maven.plugins:maven-dependency-plugin:3.8.1:tree");
    assertThat(
            Pattern.compile("avocet-[a-z-]+|onnxruntime")
                .matcher(tree.out())
                .results()
                .map(MatchResult::group))
        .containsExactlyInAnyOrder(
            "avocet-pipeline", "avocet-sdk-core", "avocet-preprocess", "avocet-postprocess");

    URL classes = folder.resolve("target/classes/").toUri().toURL();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, before)) {
      thread.setContextClassLoader(loader);
      checkPlan(folder.resolve("model"));
      checkMessages(folder.resolve("model"));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The transform from outside folds with the others. */
  private static void checkPlan(Path folder) {
    try (Model model = Model.open(folder);
        Preprocessor preprocessor =
            Preprocessor.create(
                ((TaskSpec.Preprocess) model.pipeline().tasks().get(0)).steps(), PlanMode.FUSED);
        Image image = Image.allocate(PixelFormat.BGR, 44, 36)) {
      assertThat(preprocessor.plan(image).description())
          .startsWith("one pass")
          .contains("40x32 at 4,2 of the source");
    }
  }

  /** What a user of the extensions reads when a parameter is wrong. */
  private static void checkMessages(Path model) throws IOException {
    assertRefused(
        Detector.builder(model).engineOption("fast", "1"), "\"fast\" is not known to cells");
    try (Detector detector = Detector.open(model);
        Image narrow = Image.copyOf(new byte[3 * 4 * 36], PixelFormat.BGR, 4, 36);
        Image odd = Image.copyOf(new byte[3 * 45 * 36], PixelFormat.BGR, 45, 36)) {
      assertThatThrownBy(() -> detector.detect(narrow))
          .hasMessageContaining("transforms[1].edges: nothing is left of a picture of 4x36");
      assertThatThrownBy(() -> detector.detect(odd))
          .hasMessageContaining("input shape=[1,3,32,41]")
          .hasMessageContaining("multiples of 8");
    }
    Path pipeline = model.resolve("pipeline.json");
    Files.writeString(pipeline, Files.readString(pipeline).replace("[4, 2, 0, 2]", "[4, 2]"));
    assertRefused(
        Detector.builder(model),
        "pipeline.json: $.pipeline.tasks[0].transforms[1].edges: expected four numbers");
  }

  private static void assertRefused(HandleBuilder<Detector> builder, String message) {
    assertThatThrownBy(() -> builder.open().close())
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining(message);
  }
}
