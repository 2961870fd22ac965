package dev.avocet.jetson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be said of the images without building them. */
class DockerfilesTest {
  private static final Path ROOT = Path.of(System.getProperty("avocet.root"));
  private static final List<String> INSTRUCTIONS =
      List.of("FROM", "ARG", "ADD", "RUN", "COPY", "ENV", "VOLUME", "USER", "ENTRYPOINT", "CMD");

  private static String text(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** Instructions with their continued lines, without comments. */
  private static List<String> instructions(String name) throws IOException {
    List<String> instructions = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : text("jetson/docker/" + name).split("\n", -1)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      boolean continued = line.endsWith("\\");
      open.append(continued ? line.substring(0, line.length() - 1) : line);
      if (!continued) {
        instructions.add(open.toString().replaceAll("\\s+", " "));
        open.setLength(0);
      }
    }
    assertThat(open).as("the last line is continued").isEmpty();
    return instructions;
  }

  private static List<String> of(List<String> instructions, String name) {
    return instructions.stream()
        .filter(i -> i.startsWith(name + " "))
        .map(i -> i.substring(name.length() + 1))
        .toList();
  }

  private static String version() throws IOException {
    Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(text("pom.xml"));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @ParameterizedTest
  @CsvSource({
    "jetpack6.Dockerfile,avocet-VERSION-jetpack6-linux-arm64",
    "jetpack7.Dockerfile,avocet-VERSION-linux-arm64"
  })
  void shouldTakeTheArchiveThatIsBuilt(String name, String archive) throws IOException {
    List<String> all = instructions(name);
    assertThat(all).allSatisfy(i -> assertThat(INSTRUCTIONS).contains(i.split(" ", 2)[0]));
    assertThat(of(all, "ARG").get(0)).isEqualTo("AVOCET=" + archive.replace("VERSION", version()));
    assertThat(of(all, "ADD")).containsExactly("${AVOCET}.tar.gz /");
    assertThat(of(all, "RUN").get(0)).contains("sha256sum --check --quiet SHA256SUMS");
    assertThat(of(all, "COPY")).containsExactly("--from=unpacked /avocet /opt/avocet");
    // What dist/build makes: the folder of that name, with bin/avocet and checksums.
    assertThat(text("dist/build"))
        .contains("name=avocet-$version-", "\"$root/bin/avocet\"", "SHA256SUMS", "write_archive");
    assertThat(of(all, "ENTRYPOINT")).containsExactly("[\"/opt/avocet/bin/avocet\"]");
  }

  @ParameterizedTest
  @CsvSource({"jetpack6.Dockerfile", "jetpack7.Dockerfile"})
  void shouldBeBasedOnWhatTheGuideNamesAndRunWithoutRoot(String name) throws IOException {
    List<String> all = instructions(name);
    List<String> bases = of(all, "FROM");
    assertThat(bases).hasSize(2).noneMatch(base -> base.contains("latest") || !base.contains(":"));
    assertThat(bases.get(0)).endsWith(" AS unpacked");
    assertThat(text("docs/jetson.md")).contains("`" + bases.get(1) + "`");
    assertThat(of(all, "USER")).containsExactly("avocet");
    String install = of(all, "RUN").get(1);
    assertThat(install)
        .contains("--no-install-recommends", "rm -rf /var/lib/apt/lists/*")
        .contains("useradd --system --create-home --groups video,render avocet")
        .doesNotContain("curl", "sudo", "chmod 777");
    assertThat(all.indexOf("USER avocet"))
        .isLessThan(all.indexOf("ENTRYPOINT [\"/opt/avocet/bin/avocet\"]"));
    assertThat(text("docs/jetson.md")).contains(name);
  }
}
