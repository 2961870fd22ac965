package dev.avocet.core.model;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFilesTest {
  private static final int GRAPH = 7;
  private static final int METADATA = 14;

  @TempDir Path folder;

  /** A graph that nobody opens, with properties. */
  private static byte[] onnx(Map<String, byte[]> properties) {
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    // ir_version 8
    model.writeBytes(new byte[] {8, 8});
    field(model, GRAPH, new byte[300]);
    properties.forEach(
        (name, value) -> {
          ByteArrayOutputStream property = new ByteArrayOutputStream();
          field(property, 1, name.getBytes(StandardCharsets.UTF_8));
          field(property, 2, value);
          field(model, METADATA, property.toByteArray());
        });
    return model.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
    out.write((number << 3) | 2);
    int length = bytes.length;
    for (; length > 0x7F; length >>>= 7) {
      out.write((length & 0x7F) | 0x80);
    }
    out.write(length);
    out.writeBytes(bytes);
  }

  private static Map<String, byte[]> pipeline() {
    return Map.of(PipelineSpec.FILE, TestModels.files().get(PipelineSpec.FILE));
  }

  @Test
  void shouldTakeFilesFromTheMetadata() {
    byte[] bytes = onnx(TestModels.files());
    try (Model model = Model.of(bytes)) {
      assertThat(model.deploy()).isEqualTo(Model.of(TestModels.zip(TestModels.files())).deploy());
      assertThat(model.files().read("end2end.onnx")).containsExactly(1, 2, 3);
      assertThat(model.files().read(OnnxFiles.NET)).isEqualTo(bytes);
      assertThat(model.files().path(OnnxFiles.NET)).isEmpty();
      assertThat(model.files().origin()).isEqualTo("model in memory");
    }
  }

  @Test
  void shouldCallTheNetworkOfAFileNet() throws IOException {
    Path file = Files.write(folder.resolve("bare.onnx"), onnx(pipeline()));
    Model model = Model.open(file);
    assertThat(model.net("net").net()).isEqualTo(OnnxFiles.NET);
    assertThat(model.files().has(OnnxFiles.NET)).isTrue();
    assertThat(model.files().has("other")).isFalse();
    assertThat(model.files().path(OnnxFiles.NET)).contains(file);
    assertThat(model.files().read(OnnxFiles.NET)).isEqualTo(Files.readAllBytes(file));
    assertFails(Status.FILE_NOT_FOUND, () -> model.files().read("other")).contains("bare.onnx");
    model.close();
    assertFails(Status.CLOSED, () -> model.files().has("net"));
    assertFails(Status.CLOSED, () -> model.files().path(OnnxFiles.NET));
  }

  @Test
  void shouldSayWhatABareFileLacks() throws IOException {
    Path file = Files.write(folder.resolve("bare.onnx"), onnx(Map.of()));
    assertFails(Status.NOT_SUPPORTED, () -> Model.open(file))
        .startsWith(file.toString())
        .contains("metadata property \"pipeline.json\"");
    assertFails(Status.FILE_NOT_FOUND, () -> Model.open(folder.resolve("none.onnx")))
        .contains("none.onnx");
    assertFails(Status.INVALID_ARG, () -> Model.of(onnx(Map.of(PipelineSpec.FILE, new byte[9]))))
        .contains("model in memory/pipeline.json: not JSON");
  }

  @Test
  void shouldSurviveDamage() {
    byte[] whole = onnx(pipeline());
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flips = random.nextInt(5); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Model.of(bytes).close();
      } catch (AvocetException e) {
        assertThat(e.status()).isNotEqualTo(Status.FAIL);
      }
    }
  }
}
