package dev.avocet.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;

/**
 * Reads JSON; mistakes become INVALID_ARG with the file's name, line and column. A byte order mark
 * is skipped.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  static JsonNode parse(String file, byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      String at =
          e.getLocation() == null
              ? ""
              : " at line %d column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new AvocetException(Status.INVALID_ARG, file + ": not JSON" + at + ": " + reason(e), e);
    } catch (IOException e) {
      throw new AvocetException(Status.INVALID_ARG, file + ": not JSON: " + e.getMessage(), e);
    }
  }

  /** Jackson's words, with its way to write a second place in the text made readable. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceAll("\\[Source: [^\\]]*; line: (\\d+), column: (\\d+)\\]", "line $1 column $2");
  }
}
