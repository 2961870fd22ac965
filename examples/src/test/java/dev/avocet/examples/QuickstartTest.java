package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/quickstart-java}, built and run by the commands of its README. */
class QuickstartTest {
  @TempDir Path home;

  @Test
  void shouldFindCodesByTheCommandsOfItsReadme() throws IOException, InterruptedException {
    User user = User.create(home);
    Path folder = user.copy("examples/quickstart-java");
    List<Page.Block> commands = Page.read("examples/quickstart-java/README.md").blocks("sh");
    assertThat(commands.get(0).text()).isEqualTo("mvn -q install -DskipTests\n");

    User.Answer built = user.run(folder, commands.get(1).text());
    assertThat(built.out().lines()).isNotEmpty().allMatch(QuickstartTest::isDetection);
    assertDrawn(folder.resolve("out.png"), "examples/media/parcel-1.jpg");

    User.Answer alone = user.run(folder, commands.get(2).text());
    assertThat(alone.out().lines()).isNotEmpty().allMatch(QuickstartTest::isDetection);
    assertDrawn(folder.resolve("out-2.png"), "examples/media/parcel-2.jpg");
    checkWhatArrives(folder.resolve("target/dependency"));

    // What docs/getting-started-java.md says of another machine, without fetching its natives.
    User.Answer tree = user.run(folder, "MAVEN_OPTS=-Dos.arch=aarch64 mvn dependency:tree");
    assertThat(tree.out().lines().filter(line -> line.contains(":jar:linux-")))
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.contains(":linux-arm64:"));
  }

  @Test
  void shouldStayShort() throws IOException {
    Path source =
        Page.root().resolve("examples/quickstart-java/src/main/java/com/example/Quickstart.java");
    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(32);
  }

  private static boolean isDetection(String line) {
    return line.matches("(qr_code|data_matrix|barcode) [01]\\.\\d+ Box\\[x1=.*]");
  }

  private static void assertDrawn(Path picture, String source) {
    try (Image drawn = Image.read(picture);
        Image original = Image.read(Page.root().resolve(source))) {
      assertThat(drawn.width()).isEqualTo(original.width());
      assertThat(drawn.height()).isEqualTo(original.height());
      assertThat(drawn.plane(0).equals(original.plane(0))).isFalse();
    }
  }

  /** The natives of this machine, and nothing of other machines or of this project's own tools. */
  private static void checkWhatArrives(Path folder) throws IOException {
    String platform =
        System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x86_64";
    try (Stream<Path> files = Files.list(folder)) {
      List<String> jars = files.map(f -> f.getFileName().toString()).toList();
      for (String natives : List.of("javacpp", "opencv", "onnxruntime")) {
        assertThat(jars)
            .as(natives)
            .anyMatch(jar -> jar.startsWith(natives) && jar.endsWith(platform + ".jar"));
      }
      assertThat(jars)
          .filteredOn(jar -> jar.matches(".*-(linux|macosx|windows|android)-.*"))
          .allMatch(jar -> jar.endsWith(platform + ".jar"));
      assertThat(jars)
          .noneMatch(jar -> jar.matches("(dnnl|picocli|junit|jqwik|avocet-(cli|bench)).*"));
    }
  }
}
