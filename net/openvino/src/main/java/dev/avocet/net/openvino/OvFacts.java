package dev.avocet.net.openvino;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.TensorInfo;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of a compiled network without running it.
 *
 * @param inputs in order
 * @param outputs in order
 * @param threads how many of the processor it uses, as OpenVINO says it; empty where it does not
 */
record OvFacts(List<TensorInfo> inputs, List<TensorInfo> outputs, String threads) {
  /** Copies the lists. */
  OvFacts {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Whether every extent of every input is known. */
  boolean isFixed() {
    return inputs.stream().allMatch(info -> info.shape().isStatic());
  }

  /** In the form that {@link #of} reads. */
  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, inputs);
      write(out, outputs);
      text(out, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, List<TensorInfo> infos) throws IOException {
    out.writeInt(infos.size());
    for (TensorInfo info : infos) {
      text(out, info.name());
      text(out, info.type().name());
      out.writeInt(info.shape().rank());
      for (long extent : info.shape().toArray()) {
        out.writeLong(extent);
      }
    }
  }

  /** Names may be longer than {@code writeUTF} takes. */
  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static OvFacts of(DataInput in) throws IOException {
    return new OvFacts(infos(in), infos(in), text(in));
  }

  private static List<TensorInfo> infos(DataInput in) throws IOException {
    List<TensorInfo> infos = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = text(in);
      DataType type = DataType.valueOf(text(in));
      long[] extents = new long[in.readInt()];
      for (int i = 0; i < extents.length; i++) {
        extents[i] = in.readLong();
      }
      infos.add(new TensorInfo(name, type, Shape.of(extents)));
    }
    return infos;
  }
}
