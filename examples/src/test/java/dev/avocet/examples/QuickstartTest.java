package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/quickstart-java}, built and run by the commands of its README. */
class QuickstartTest {
  private static final Pattern ONNX_RUNTIME =
      Pattern.compile(
          "<dependency>\\s*<groupId>dev.avocet</groupId>\\s*"
              + "<artifactId>avocet-net-onnxruntime</artifactId>.*?</dependency>",
          Pattern.DOTALL);

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
  void shouldRunOnOpenVinoByTheDependenciesOfThePage() throws IOException, InterruptedException {
    assumeOpenVino();
    User user = User.create(home);
    Path folder = user.copy("examples/quickstart-java");
    String dependencies =
        Page.read("docs/getting-started-java.md").blocks("xml").stream()
            .filter(block -> block.topic().equals("openvino"))
            .findFirst()
            .orElseThrow()
            .text()
            .replace("linux-x86_64", platform());
    Path pom = folder.resolve("pom.xml");
    Files.writeString(pom, ONNX_RUNTIME.matcher(Files.readString(pom)).replaceFirst(dependencies));

    List<Page.Block> commands = Page.read("examples/quickstart-java/README.md").blocks("sh");
    User.Answer built = user.run(folder, commands.get(1).text());
    assertThat(built.out().lines()).isNotEmpty().allMatch(QuickstartTest::isDetection);
    assertThat(user.run(folder, "mvn dependency:tree").out())
        .contains("avocet-net-openvino:jar:" + platform())
        .doesNotContain("onnxruntime");
  }

  /** What the build says where it has left OpenVINO out is the reason to skip. */
  private static void assumeOpenVino() throws IOException {
    Path note =
        Page.root()
            .resolve("net/openvino/target/natives")
            .resolve(platform())
            .resolve("org/bytedeco/openvino")
            .resolve(platform())
            .resolve("left-out");
    String reason = Files.exists(note) ? Files.readString(note) : "";
    assumeTrue(reason.isEmpty(), reason);
  }

  private static String platform() {
    return System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x86_64";
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
    String platform = platform();
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
