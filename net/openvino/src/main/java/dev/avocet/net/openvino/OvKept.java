package dev.avocet.net.openvino;

import dev.avocet.core.Tensor;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.openvino.global.openvino;
import org.bytedeco.openvino.ov_compiled_model_t;
import org.bytedeco.openvino.ov_core_t;

/**
 * A compiled network as the cache keeps it: the number of bytes of its facts, they, and what
 * OpenVINO has exported. Owns the memory, until it has been imported.
 *
 * @param content all of that, checked
 */
record OvKept(Tensor content) implements AutoCloseable {

  /** What comes before that which OpenVINO exports. */
  static byte[] head(OvFacts facts) {
    byte[] bytes = facts.toBytes();
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  OvFacts facts() {
    byte[] facts = new byte[factsSize()];
    content.bytes().position(Integer.BYTES).get(facts);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(facts))) {
      return OvFacts.of(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int factsSize() {
    return content.bytes().order(java.nio.ByteOrder.BIG_ENDIAN).getInt(0);
  }

  /** Imports it, if OpenVINO takes it; the memory is handed on or freed. */
  Optional<OvExecutable> imported(ov_core_t core, BytePointer device) {
    int begin = Integer.BYTES + factsSize();
    ov_compiled_model_t model = new ov_compiled_model_t();
    try (BytePointer bytes = new BytePointer(content.bytes())) {
      bytes.position(begin);
      if (openvino.ov_core_import_model(core, bytes, content.byteSize() - begin, device, model)
          == 0) {
        return Optional.of(new OvExecutable(model, Optional.of(content)));
      }
    }
    content.close();
    return Optional.empty();
  }

  @Override
  public void close() {
    content.close();
  }
}
