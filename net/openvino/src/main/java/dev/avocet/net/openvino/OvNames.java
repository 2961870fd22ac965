package dev.avocet.net.openvino;

import dev.avocet.core.internal.ProtobufFields;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a network's file calls its inputs and outputs. OpenVINO gives a tensor several names, those
 * of what it was merged with among them, and tells any one; so the file is asked.
 *
 * @param inputs in order; empty where the file does not tell
 * @param outputs in order; empty where the file does not tell
 */
record OvNames(List<String> inputs, List<String> outputs) {
  /** Copies the lists. */
  OvNames {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static OvNames of(OvSource source) {
    boolean onnx = source.name().toLowerCase(Locale.ROOT).contains(".onnx");
    return source.content(onnx ? OvNames::onnx : OvNames::xml);
  }

  /** Field numbers are those of {@code onnx.proto}. */
  private static OvNames onnx(ByteBuffer model) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    Set<String> weights = new HashSet<>();
    ProtobufFields fields = new ProtobufFields(model);
    while (fields.next()) {
      if (fields.number() == 7) {
        ProtobufFields graph = new ProtobufFields(fields.bytes().orElse(ByteBuffer.allocate(0)));
        while (graph.next()) {
          switch (graph.number()) {
            case 5 -> weights.add(text(graph, 8));
            case 11 -> inputs.add(text(graph, 1));
            case 12 -> outputs.add(text(graph, 1));
            default -> {}
          }
        }
      }
    }
    // Older files list their weights among the inputs.
    inputs.removeAll(weights);
    return new OvNames(inputs, outputs);
  }

  private static String text(ProtobufFields message, int number) {
    ProtobufFields fields = new ProtobufFields(message.bytes().orElse(ByteBuffer.allocate(0)));
    while (fields.next()) {
      if (fields.number() == number) {
        return fields.text();
      }
    }
    return "";
  }

  /** Inputs are layers of type Parameter; outputs are layers of type Result. */
  private static OvNames xml(ByteBuffer model) {
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    byte[] bytes = new byte[model.remaining()];
    model.get(bytes);
    try {
      XMLInputFactory factory = XMLInputFactory.newFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
      // From text, since Java's parser prints an error of its own for bytes that are none.
      XMLStreamReader reader =
          factory.createXMLStreamReader(
              new StringReader(new String(bytes, StandardCharsets.UTF_8)));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT
            && reader.getLocalName().equals("layer")) {
          String name = String.valueOf(reader.getAttributeValue(null, "name"));
          String type = String.valueOf(reader.getAttributeValue(null, "type"));
          if (type.equals("Parameter")) {
            inputs.add(name);
          } else if (type.equals("Result")) {
            String tensors = reader.getAttributeValue(null, "output_names");
            outputs.add(
                tensors == null || tensors.isEmpty()
                    ? name.replaceFirst("/sink_port_\\d+$", "")
                    : tensors.split(",", 2)[0]);
          }
        }
      }
      return new OvNames(inputs, outputs);
    } catch (XMLStreamException e) {
      // OpenVINO, which reads the file next, says what is wrong with it.
      return new OvNames(List.of(), List.of());
    }
  }
}
