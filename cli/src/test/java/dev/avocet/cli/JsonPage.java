package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The examples of docs/json.md. */
final class JsonPage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonPage() {}

  /** Checks that a line has the fields of the example of a task, in their order. */
  static void assertForm(String task, JsonNode line) throws IOException {
    assertForm(task, example(task), line);
  }

  /** Checks entries of an array of the example. */
  static void assertItems(String task, String field, JsonNode items) throws IOException {
    JsonNode wanted = example(task).path(field);
    assertThat(wanted).as("example of " + field).isNotEmpty();
    assertForm(task + "." + field, wanted, items);
  }

  /** The last example of the section of a task, the fullest one. */
  private static JsonNode example(String task) throws IOException {
    List<String> examples = new ArrayList<>();
    boolean inside = false;
    for (String text : Files.readAllLines(Cli.root().resolve("docs/json.md"))) {
      if (text.startsWith("## ")) {
        inside = text.startsWith("## `" + task + "`");
      } else if (inside && text.startsWith("    {")) {
        examples.add(text);
      }
    }
    assertThat(examples).as("examples of " + task).isNotEmpty();
    return JSON.readTree(examples.get(examples.size() - 1));
  }

  private static void assertForm(String where, JsonNode wanted, JsonNode actual) {
    if (wanted.isNull() || actual.isNull()) {
      return;
    }
    assertThat(actual.isObject()).as(where).isEqualTo(wanted.isObject());
    assertThat(actual.isArray()).as(where).isEqualTo(wanted.isArray());
    assertThat(actual.isNumber()).as(where).isEqualTo(wanted.isNumber());
    if (wanted.isObject()) {
      List<String> names = new ArrayList<>();
      wanted.fieldNames().forEachRemaining(names::add);
      assertThat(actual.fieldNames()).toIterable().as(where).containsExactlyElementsOf(names);
      names.forEach(n -> assertForm(where + "." + n, wanted.path(n), actual.path(n)));
    } else if (wanted.isArray() && !wanted.isEmpty()) {
      for (JsonNode item : actual) {
        assertForm(where + "[]", wanted.get(0), item);
      }
    }
  }
}
