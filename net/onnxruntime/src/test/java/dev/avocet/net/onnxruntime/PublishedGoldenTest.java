package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers that the ONNX model zoo publishes beside mnist-8. */
class PublishedGoldenTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldAnswerAsPublished(int set) throws IOException {
    Path folder = SharedFolder.resolve("assets/classification/mnist-8");
    Path data = folder.resolve("test_data_set_" + set);
    try (Net net = Net.open(folder.resolve("model.onnx"), Device.CPU, NetOptions.DEFAULT);
        Tensor input = read(data.resolve("input_0.pb"));
        Tensor expected = read(data.resolve("output_0.pb"))) {
      Map<String, Tensor> answers = net.run(Map.of(net.inputs().get(0).name(), input));
      try (Tensor answer = answers.values().iterator().next()) {
        assertThat(answers).hasSize(1);
        assertThat(answer.shape()).isEqualTo(expected.shape()).isEqualTo(Shape.of(1, 10));
        for (int i = 0; i < 10; i++) {
          assertThat(answer.floats().get(i))
              .isCloseTo(expected.floats().get(i), org.assertj.core.data.Offset.offset(8e-4f));
        }
      }
    }
  }

  /** A TensorProto of floats: dims in field 1 and raw_data in field 9. */
  private static Tensor read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Long> dims = new ArrayList<>();
    ByteBuffer raw = null;
    while (in.hasRemaining()) {
      long tag = varint(in);
      int field = (int) (tag >>> 3);
      if ((tag & 7) == 2) {
        int length = (int) varint(in);
        ByteBuffer part = in.slice().limit(length).slice().order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        if (field == 9) {
          raw = part;
        } else if (field == 1) {
          while (part.hasRemaining()) {
            dims.add(varint(part));
          }
        }
      } else if (field == 1) {
        dims.add(varint(in));
      } else {
        varint(in);
      }
    }
    assertThat(raw).isNotNull();
    Tensor tensor =
        Tensor.allocate(
            DataType.FLOAT32, Shape.of(dims.stream().mapToLong(Long::longValue).toArray()));
    tensor.bytes().put(raw);
    return tensor;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
