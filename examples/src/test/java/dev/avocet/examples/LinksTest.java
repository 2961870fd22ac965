package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links from the documentation to files and headings of this repository. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#: ]*)(#[^)]*)?\\)");

  @Test
  void shouldLeadSomewhere() throws IOException {
    for (String page : pages()) {
      Path folder = Page.root().resolve(page).getParent();
      for (MatchResult link : LINK.matcher(Page.read(page).text()).results().toList()) {
        Path target =
            link.group(1).isEmpty() ? Page.root().resolve(page) : folder.resolve(link.group(1));
        assertThat(target).as(page).exists();
        if (link.group(2) != null) {
          String heading = link.group(2).substring(1).replace('-', ' ');
          assertThat(Files.readString(target).lines().filter(l -> l.startsWith("#")))
              .as(page)
              .anyMatch(l -> l.replaceFirst("#+ ", "").equalsIgnoreCase(heading));
        }
      }
    }
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Page.root().resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "examples/README.md", "examples/quickstart-java/README.md"),
              docs.map(f -> "docs/" + f.getFileName()).filter(f -> f.endsWith(".md")))
          .toList();
    }
  }
}
