package dev.avocet.core.internal;

import java.nio.ByteBuffer;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lists the operators that an ONNX file uses, since ONNX Runtime names only the first one that it
 * does not know. Reads Protocol Buffers as far as that needs (field numbers of {@code onnx.proto});
 * what is damaged is passed over.
 */
public final class OnnxOperators {
  private static final int GRAPH_OF_MODEL = 7;
  private static final int NODE_OF_GRAPH = 1;
  private static final int OPERATOR_OF_NODE = 4;
  private static final int ATTRIBUTE_OF_NODE = 5;
  private static final int DOMAIN_OF_NODE = 7;
  private static final int GRAPH_OF_ATTRIBUTE = 6;

  /** Branches and loops may be nested so deep. */
  private static final int DEEPEST = 16;

  private final String domain;
  private final SortedSet<String> found = new TreeSet<>();

  private OnnxOperators(String domain) {
    this.domain = domain;
  }

  /** The operators of one domain, as {@code domain:Name}. */
  public static SortedSet<String> of(ByteBuffer model, String domain) {
    OnnxOperators operators = new OnnxOperators(domain);
    ProtobufFields fields = new ProtobufFields(model);
    while (fields.next()) {
      if (fields.number() == GRAPH_OF_MODEL) {
        fields.bytes().ifPresent(graph -> operators.graph(graph, 0));
      }
    }
    return operators.found;
  }

  private void graph(ByteBuffer graph, int depth) {
    ProtobufFields fields = new ProtobufFields(graph);
    while (depth < DEEPEST && fields.next()) {
      if (fields.number() == NODE_OF_GRAPH) {
        fields.bytes().ifPresent(node -> node(node, depth));
      }
    }
  }

  private void node(ByteBuffer node, int depth) {
    String operator = "";
    String itsDomain = "";
    ProtobufFields fields = new ProtobufFields(node);
    while (fields.next()) {
      switch (fields.number()) {
        case OPERATOR_OF_NODE -> operator = fields.text();
        case DOMAIN_OF_NODE -> itsDomain = fields.text();
        case ATTRIBUTE_OF_NODE -> fields.bytes().ifPresent(value -> attribute(value, depth));
        default -> {}
      }
    }
    if (itsDomain.equals(domain)) {
      found.add(domain + ":" + operator);
    }
  }

  private void attribute(ByteBuffer attribute, int depth) {
    ProtobufFields fields = new ProtobufFields(attribute);
    while (fields.next()) {
      if (fields.number() == GRAPH_OF_ATTRIBUTE) {
        fields.bytes().ifPresent(graph -> graph(graph, depth + 1));
      }
    }
  }
}
