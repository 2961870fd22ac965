package dev.avocet.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes values as JSON. */
final class ValueJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ValueJson() {}

  static String of(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      write(value, out);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail", e);
    }
    return text.toString();
  }

  private static void write(Value value, JsonGenerator out) throws IOException {
    if (value instanceof Value.Flag flag) {
      out.writeBoolean(flag.value());
    } else if (value instanceof Value.Whole whole) {
      out.writeNumber(whole.value());
    } else if (value instanceof Value.Real real) {
      number(real.value(), out);
    } else if (value instanceof Value.Text text) {
      out.writeString(text.value());
    } else if (value instanceof Value.Items list) {
      out.writeStartArray();
      for (Value item : list.items()) {
        write(item, out);
      }
      out.writeEndArray();
    } else if (value instanceof Value.Fields object) {
      fields(object, out);
    } else if (value instanceof Value.Picture picture) {
      picture(picture.image(), out);
    } else {
      out.writeNull();
    }
  }

  private static void fields(Value.Fields object, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Value> field : object.fields().entrySet()) {
      if (!(field.getValue() instanceof Value.Opaque)) {
        out.writeFieldName(field.getKey());
        write(field.getValue(), out);
      }
    }
    out.writeEndObject();
  }

  /** The shortest text that gives the number back: most are float32 by origin. */
  private static void number(double value, JsonGenerator out) throws IOException {
    if (!Double.isFinite(value)) {
      out.writeNull();
    } else if ((float) value == value) {
      out.writeNumber((float) value);
    } else {
      out.writeNumber(value);
    }
  }

  private static void picture(Image image, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("width", image.uprightWidth());
    out.writeNumberField("height", image.uprightHeight());
    out.writeStringField("format", image.format().name());
    out.writeEndObject();
  }
}
