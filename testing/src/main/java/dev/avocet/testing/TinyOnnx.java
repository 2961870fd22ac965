package dev.avocet.testing;

import dev.avocet.core.Shape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes ONNX files of a few nodes, so that a test can have just the network it wants. Field
 * numbers are those of onnx.proto (IR version 8, opset 13).
 */
public final class TinyOnnx {
  /** Element type of 32-bit floats. */
  public static final int FLOAT = 1;

  /** Element type of 64-bit whole numbers. */
  public static final int INT64 = 7;

  private final Set<String> domains = new TreeSet<>(Set.of(""));
  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private final Map<String, Shape> inputs = new LinkedHashMap<>();

  /** A node without attributes. */
  public TinyOnnx node(String op, String[] inputs, String... outputs) {
    return node("", op, inputs, outputs);
  }

  /** A node of another domain of operators. */
  public TinyOnnx node(String domain, String op, String[] inputs, String... outputs) {
    domains.add(domain);
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String input : inputs) {
      text(node, 1, input);
    }
    for (String output : outputs) {
      text(node, 2, output);
    }
    text(node, 4, op);
    text(node, 7, domain);
    bytes(graph, 1, node.toByteArray());
    return this;
  }

  /** Keeps an input that no answer depends on: OpenVINO drops one that no node reads. */
  public TinyOnnx keep(String input) {
    return node("Shape", new String[] {input}, input + "_shape");
  }

  /** A constant. */
  public TinyOnnx floats(String name, long[] dims, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return initializer(name, FLOAT, dims, raw.array());
  }

  /** A constant. */
  public TinyOnnx longs(String name, long[] dims, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      raw.putLong(value);
    }
    return initializer(name, INT64, dims, raw.array());
  }

  private TinyOnnx initializer(String name, int type, long[] dims, byte[] raw) {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    for (long dim : dims) {
      number(tensor, 1, dim);
    }
    number(tensor, 2, type);
    text(tensor, 8, name);
    bytes(tensor, 9, raw);
    bytes(graph, 5, tensor.toByteArray());
    return this;
  }

  /** An input; an extent of -1 is dynamic. */
  public TinyOnnx input(String name, int type, long... dims) {
    inputs.put(name, Shape.of(dims));
    return value(11, name, type, dims);
  }

  /** The inputs so far and their shapes. */
  public Map<String, Shape> inputs() {
    return Map.copyOf(inputs);
  }

  /** An output; an extent of -1 is dynamic. */
  public TinyOnnx output(String name, int type, long... dims) {
    return value(12, name, type, dims);
  }

  private TinyOnnx value(int field, String name, int type, long... dims) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (int i = 0; i < dims.length; i++) {
      ByteArrayOutputStream dim = new ByteArrayOutputStream();
      if (dims[i] < 0) {
        text(dim, 2, name + "_d" + i);
      } else {
        number(dim, 1, dims[i]);
      }
      bytes(shape, 1, dim.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    number(tensor, 1, type);
    bytes(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream typeProto = new ByteArrayOutputStream();
    bytes(typeProto, 1, tensor.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    text(info, 1, name);
    bytes(info, 2, typeProto.toByteArray());
    bytes(graph, field, info.toByteArray());
    return this;
  }

  /** The file; nothing can be added afterwards. */
  public byte[] build() {
    text(graph, 2, "tiny");
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    number(model, 1, 8);
    bytes(model, 7, graph.toByteArray());
    for (String domain : domains) {
      ByteArrayOutputStream opset = new ByteArrayOutputStream();
      text(opset, 1, domain);
      number(opset, 2, domain.isEmpty() ? 13 : 1);
      bytes(model, 8, opset.toByteArray());
    }
    return model.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, String value) {
    bytes(out, field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] value) {
    varint(out, ((long) field << 3) | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void number(ByteArrayOutputStream out, int field, long value) {
    varint(out, (long) field << 3);
    varint(out, value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    while ((value & ~0x7FL) != 0) {
      out.write((int) ((value & 0x7F) | 0x80));
      value >>>= 7;
    }
    out.write((int) value);
  }
}
