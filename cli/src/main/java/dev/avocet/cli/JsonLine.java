package dev.avocet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/** Lines of JSON, in the form that docs/json.md fixes. */
final class JsonLine {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonLine() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array(Iterable<String> texts) {
    ArrayNode array = MAPPER.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  static ArrayNode array(long... numbers) {
    ArrayNode array = MAPPER.createArrayNode();
    for (long number : numbers) {
      array.add(number);
    }
    return array;
  }

  /** A tree of a text of JSON that this program wrote. */
  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what was written as JSON can be read", e);
    }
  }

  /** Status and message of a failure. */
  static ObjectNode error(AvocetException e) {
    return object().put("status", e.status().name()).put("message", e.getMessage());
  }

  /** Writes one line and flushes, so that a reader at the other end of a pipe has it at once. */
  static void write(PrintStream out, ObjectNode object) {
    try {
      out.print(MAPPER.writeValueAsString(object) + "\n");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of plain values can always be written", e);
    }
    out.flush();
  }
}
