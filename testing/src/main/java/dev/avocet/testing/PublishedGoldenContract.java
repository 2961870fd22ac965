package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.DataType;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine answers on two networks of the ONNX model zoo: the tensors that it publishes
 * beside mnist-8 and super-resolution-10.
 */
public abstract class PublishedGoldenContract extends Contract {
  private final float rounding;
  private final float logits;

  /**
   * For this engine on the processor.
   *
   * @param rounding how far a pixel of about 1 may be from the published one
   */
  protected PublishedGoldenContract(NetProvider provider, float rounding) {
    this(provider, Device.CPU, rounding, 1e-3f);
  }

  /**
   * For this engine.
   *
   * @param rounding how far a pixel of about 1 may be from the published one
   * @param logits how far a logit of up to 6000 may be
   */
  protected PublishedGoldenContract(
      NetProvider provider, Device device, float rounding, float logits) {
    super(provider, device);
    this.rounding = rounding;
    this.logits = logits;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldReadTheDigitsAsPublished(int set) throws IOException {
    Path folder = SharedFolder.resolve("assets/classification/mnist-8");
    Path data = folder.resolve("test_data_set_" + set);
    assertAnswers(
        folder.resolve("model.onnx"),
        data.resolve("input_0.pb"),
        data.resolve("output_0.pb"),
        Shape.of(1, 10),
        // Two steps of float32 there on processors, which round otherwise.
        logits);
  }

  @Test
  void shouldEnlargeThePictureAsPublished() throws IOException {
    Path folder = SharedFolder.resolve("assets/super_resolution");
    assertAnswers(
        folder.resolve("super_resolution_10.onnx"),
        folder.resolve("super_resolution_10_input_0.pb"),
        folder.resolve("super_resolution_10_output_0.pb"),
        Shape.of(1, 1, 672, 672),
        rounding);
  }

  private void assertAnswers(Path network, Path given, Path wanted, Shape shape, float tolerance)
      throws IOException {
    try (Net net = open(network);
        Tensor input = read(given);
        Tensor expected = read(wanted)) {
      Map<String, Tensor> answers = net.run(Map.of(net.inputs().get(0).name(), input));
      try (Tensor answer = answers.values().iterator().next()) {
        assertThat(answers).hasSize(1);
        assertThat(answer.shape()).isEqualTo(expected.shape()).isEqualTo(shape);
        float worst = 0;
        for (int i = 0; i < shape.elements(); i++) {
          worst = Math.max(worst, Math.abs(answer.floats().get(i) - expected.floats().get(i)));
        }
        assertThat(worst).isLessThanOrEqualTo(tolerance);
      }
    }
  }

  /** What this engine has to be told to open a file: nothing. */
  protected NetOptions options(String file) {
    return NetOptions.DEFAULT;
  }

  private Net open(Path network) {
    return provider.open(
        ModelFiles.directory(network.getParent()),
        network.getFileName().toString(),
        "",
        device,
        options(network.getFileName().toString()));
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
