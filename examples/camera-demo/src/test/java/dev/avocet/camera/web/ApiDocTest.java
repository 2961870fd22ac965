package dev.avocet.camera.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiDocTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z]+ /\\S*)` \\| (yes)? ?\\|", Pattern.MULTILINE);

  @Test
  void shouldDocumentWhatCanBeAskedFor() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("avocet.root"), "docs", "camera-api.md"));
    List<String> documented = new ArrayList<>();
    Matcher row = ROW.matcher(page);
    while (row.find()) {
      documented.add(row.group(1) + (row.group(2) == null ? "" : " with the token"));
    }
    List<String> there = new ArrayList<>(List.of("GET /"));
    new Api(null, Optional.empty(), null, null, null, null)
        .routes(call -> {})
        .forEach(
            route ->
                there.add(
                    route.method()
                        + " "
                        + route.path()
                        + (route.token() ? " with the token" : "")));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(there);
    assertThat(page)
        .contains("64; the next is answered by 503", "256; more wait", "64 KB, 4 KB, 8 KB")
        .contains("closed after 30 s", "20 s, however", "dropped after 60 s");
    assertThat(Limits.DEFAULT.toString())
        .isEqualTo(
            "Limits[viewers=64, connections=256, bodyBytes=65536, messageBytes=4096, idle=PT30S,"
                + " request=PT20S, silence=PT1M, picture=PT3S]");
  }
}
