package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
          assertThat(Files.readString(target).lines().filter(l -> l.startsWith("#")))
              .as(page)
              .anyMatch(l -> anchor(l).equals(link.group(2)));
        }
      }
    }
  }

  /** The anchor that a page's heading gets where Markdown is shown. */
  private static String anchor(String heading) {
    String text = heading.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
    return "#" + text.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Page.root().resolve("docs"))) {
      return Stream.concat(
              Stream.of(
                  "README.md",
                  "examples/README.md",
                  "examples/c/README.md",
                  "examples/quickstart-java/README.md",
                  "native/README.md"),
              docs.map(f -> "docs/" + f.getFileName()).filter(f -> f.endsWith(".md")))
          .toList();
    }
  }
}
