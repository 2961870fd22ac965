package dev.avocet.net.onnxruntime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lists the operators that an ONNX file uses, since ONNX Runtime names only the first one that it
 * does not know. Reads Protocol Buffers as far as that needs (field numbers of {@code onnx.proto});
 * what is damaged is passed over.
 */
final class OnnxOperators {
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
  static SortedSet<String> of(ByteBuffer model, String domain) {
    OnnxOperators operators = new OnnxOperators(domain);
    Fields fields = new Fields(model.duplicate());
    while (fields.next()) {
      if (fields.number == GRAPH_OF_MODEL) {
        fields.bytes().ifPresent(graph -> operators.graph(graph, 0));
      }
    }
    return operators.found;
  }

  private void graph(ByteBuffer graph, int depth) {
    Fields fields = new Fields(graph);
    while (depth < DEEPEST && fields.next()) {
      if (fields.number == NODE_OF_GRAPH) {
        fields.bytes().ifPresent(node -> node(node, depth));
      }
    }
  }

  private void node(ByteBuffer node, int depth) {
    String operator = "";
    String itsDomain = "";
    Fields fields = new Fields(node);
    while (fields.next()) {
      switch (fields.number) {
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
    Fields fields = new Fields(attribute);
    while (fields.next()) {
      if (fields.number == GRAPH_OF_ATTRIBUTE) {
        fields.bytes().ifPresent(graph -> graph(graph, depth + 1));
      }
    }
  }

  /** Walks over the fields of a message. */
  private static final class Fields {
    private final ByteBuffer message;
    private int number;
    private ByteBuffer value;

    Fields(ByteBuffer message) {
      this.message = message;
    }

    /** Goes to the next field; false at the end, or where it is damaged. */
    boolean next() {
      if (!message.hasRemaining()) {
        return false;
      }
      long tag = varint();
      number = (int) (tag >>> 3);
      int type = (int) (tag & 7);
      long length =
          switch (type) {
            case 0 -> {
              varint();
              yield 0;
            }
            case 1 -> 8;
            case 2 -> varint();
            case 5 -> 4;
            default -> -1;
          };
      if (length < 0 || length > message.remaining()) {
        return false;
      }
      value = type == 2 ? message.slice(message.position(), (int) length) : null;
      message.position(message.position() + (int) length);
      return true;
    }

    Optional<ByteBuffer> bytes() {
      return Optional.ofNullable(value);
    }

    String text() {
      return value == null ? "" : StandardCharsets.UTF_8.decode(value).toString();
    }

    private long varint() {
      long result = 0;
      for (int shift = 0; shift < 64 && message.hasRemaining(); shift += 7) {
        byte next = message.get();
        result |= (next & 0x7FL) << shift;
        if (next >= 0) {
          return result;
        }
      }
      return -1;
    }
  }
}
