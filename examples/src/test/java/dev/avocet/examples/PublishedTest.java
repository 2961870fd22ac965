package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code mvn install} gives to applications. */
class PublishedTest {
  private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(avocet-.*?)</artifactId>");
  private static final Pattern PLUGIN =
      Pattern.compile("<artifactId>([a-z-]+-plugin)</artifactId>\\s*<version>(.*?)</version>");

  @Test
  void shouldHaveEveryModuleForApplicationsInTheBom() throws IOException {
    Set<String> listed = new TreeSet<>(artifacts(pom("bom")));
    assertThat(listed.remove("avocet-bom")).isTrue();
    assertThat(listed).isEqualTo(modules().keySet());
  }

  @Test
  void shouldHaveSourcesBesideEveryJar() throws IOException {
    int built = 0;
    for (Map.Entry<String, String> module : modules().entrySet()) {
      Path target = Page.root().resolve(module.getValue()).resolve("target");
      // With -pl examples -am only what the examples depend on has been built.
      if (Files.isDirectory(target)) {
        built++;
        try (Stream<Path> files = Files.list(target)) {
          assertThat(files.map(f -> f.getFileName().toString()))
              .as(module.getValue())
              .anyMatch(f -> f.matches(module.getKey() + "-[0-9].*-sources\\.jar"));
        }
      }
    }
    assertThat(built).isGreaterThan(6);
  }

  @Test
  void shouldUseThisBuildsPluginsInTheExamples() throws IOException {
    String own = pom(".") + pom("examples").replace(":maven-plugin<", "<");
    for (String example : List.of("examples/quickstart-java", "examples/extensions")) {
      List<MatchResult> plugins = PLUGIN.matcher(pom(example)).results().toList();
      assertThat(plugins).isNotEmpty();
      for (MatchResult plugin : plugins) {
        String name = plugin.group(1);
        String version = plugin.group(2);
        assertThat(own)
            .as(example)
            .containsPattern(name + "(</artifactId>\\s*<version>|:)" + version + "<");
      }
    }
  }

  /** Artefact and folder of each module that is installed. */
  private static Map<String, String> modules() throws IOException {
    Map<String, String> modules = new TreeMap<>();
    for (MatchResult module : MODULE.matcher(pom(".")).results().toList()) {
      String text = pom(module.group(1));
      if (!text.contains("<packaging>pom") && !text.contains("<maven.install.skip>true")) {
        String own = text.substring(text.indexOf("</parent>"));
        modules.put(artifacts(own).get(0), module.group(1));
      }
    }
    return modules;
  }

  private static String pom(String module) throws IOException {
    return Files.readString(Page.root().resolve(module).resolve("pom.xml"));
  }

  private static List<String> artifacts(String pom) {
    return ARTIFACT.matcher(pom).results().map(found -> found.group(1)).toList();
  }
}
