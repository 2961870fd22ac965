package dev.avocet.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a case's JSON files. */
final class JsonFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFile() {}

  static JsonNode read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new AvocetException(Status.FILE_NOT_FOUND, "the case has no file " + file);
    }
    try {
      return MAPPER.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new AvocetException(
          Status.INVALID_ARG, file + ": not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new AvocetException(Status.FAIL, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The numbers of an array. */
  static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).floatValue();
    }
    return values;
  }
}
