package dev.avocet.core.internal;

import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files beside an ONNX file that hold its weights. Field numbers are those of onnx.proto. */
public final class OnnxExternalData {
  private static final int GRAPH_OF_MODEL = 7;
  private static final int NODE_OF_GRAPH = 1;
  private static final int TENSOR_OF_GRAPH = 5;
  private static final int ATTRIBUTE_OF_NODE = 5;
  private static final int TENSOR_OF_ATTRIBUTE = 5;
  private static final int GRAPH_OF_ATTRIBUTE = 6;
  private static final int EXTERNAL_OF_TENSOR = 13;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  /** Deeper than any network nests its loops and branches. */
  private static final int DEEPEST = 64;

  private final SortedSet<String> names = new TreeSet<>();

  private OnnxExternalData() {}

  /** Names as the file has them, relative to it. */
  public static SortedSet<String> names(ByteBuffer model) {
    OnnxExternalData found = new OnnxExternalData();
    ProtobufFields fields = new ProtobufFields(model);
    while (fields.next()) {
      if (fields.number() == GRAPH_OF_MODEL) {
        fields.bytes().ifPresent(graph -> found.graph(graph, 0));
      }
    }
    return found.names;
  }

  private void graph(ByteBuffer graph, int depth) {
    ProtobufFields fields = new ProtobufFields(graph);
    while (depth < DEEPEST && fields.next()) {
      switch (fields.number()) {
        case NODE_OF_GRAPH -> fields.bytes().ifPresent(node -> node(node, depth));
        case TENSOR_OF_GRAPH -> fields.bytes().ifPresent(this::tensor);
        default -> {}
      }
    }
  }

  private void node(ByteBuffer node, int depth) {
    ProtobufFields fields = new ProtobufFields(node);
    while (fields.next()) {
      if (fields.number() == ATTRIBUTE_OF_NODE) {
        fields.bytes().ifPresent(value -> attribute(value, depth));
      }
    }
  }

  private void attribute(ByteBuffer attribute, int depth) {
    ProtobufFields fields = new ProtobufFields(attribute);
    while (fields.next()) {
      switch (fields.number()) {
        case TENSOR_OF_ATTRIBUTE -> fields.bytes().ifPresent(this::tensor);
        case GRAPH_OF_ATTRIBUTE -> fields.bytes().ifPresent(graph -> graph(graph, depth + 1));
        default -> {}
      }
    }
  }

  private void tensor(ByteBuffer tensor) {
    ProtobufFields fields = new ProtobufFields(tensor);
    while (fields.next()) {
      if (fields.number() == EXTERNAL_OF_TENSOR) {
        fields.bytes().ifPresent(this::entry);
      }
    }
  }

  private void entry(ByteBuffer entry) {
    String key = "";
    String value = "";
    ProtobufFields fields = new ProtobufFields(entry);
    while (fields.next()) {
      switch (fields.number()) {
        case KEY -> key = fields.text();
        case VALUE -> value = fields.text();
        default -> {}
      }
    }
    if (key.equals("location")) {
      names.add(value);
    }
  }
}
