package dev.avocet.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model that is one {@code .onnx} file in memory. */
class BareNetworkTest {
  private final CStructs c = new CStructs();

  @AfterEach
  void close() {
    c.close();
  }

  @Test
  void shouldMakeHandlesOfANetworkThatCarriesItsMetaInfo() throws IOException {
    ByteArrayOutputStream onnx = new ByteArrayOutputStream();
    onnx.write(Files.readAllBytes(Parcels.MODEL.resolve("end2end.onnx")));
    for (String name : List.of("deploy.json", "pipeline.json", "avocet.json")) {
      String text = Files.readString(Parcels.MODEL.resolve(name));
      ByteArrayOutputStream property = new ByteArrayOutputStream();
      field(property, 1, name.getBytes(StandardCharsets.UTF_8));
      byte[] renamed = text.replace("end2end.onnx", "net.onnx").getBytes(StandardCharsets.UTF_8);
      field(property, 2, renamed);
      // metadata_props: fields may follow each other in any order.
      field(onnx, 14, property.toByteArray());
    }
    long source = c.zeros(Layouts.Source.BYTES);
    CStructs.int64(source + Layouts.Source.DATA, c.bytes(onnx.toByteArray()));
    CStructs.int64(source + Layouts.Source.BYTES_FIELD, onnx.size());
    long model = c.create(Types.MODEL, source, 0);
    long handle = c.create(Types.DETECTOR, c.parentSource(model), 0);
    long same = Parcels.detector(c);
    try (Image picture = Parcels.picture()) {
      long input = c.input(c.images(picture), 1, 0);
      long result = c.apply(Types.DETECTOR, handle, input);
      long wanted = c.apply(Types.DETECTOR, same, input);
      assertThat(CResults.detections(result)).isEqualTo(CResults.detections(wanted));
      c.release(Types.DETECTOR, result);
      c.release(Types.DETECTOR, wanted);
    }
    c.destroy(Types.MODEL, model);
    c.destroy(Types.DETECTOR, handle);
    c.destroy(Types.DETECTOR, same);
  }

  /** Appends a field of Protocol Buffers that is a text or a message. */
  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write((number << 3) | 2);
    for (int length = bytes.length; length > 0; length >>>= 7) {
      out.write(length > 0x7F ? (length & 0x7F) | 0x80 : length);
    }
    out.writeBytes(bytes);
  }
}
