package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.model.ModelFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes up a network: the files whose change makes it another one. */
final class OvSourceTest {
  @TempDir Path folder;

  @BeforeAll
  static void needsTheBinding() {
    assumeTrue(
        OvRuntime.unavailable().isEmpty(), () -> "skipped: " + OvRuntime.unavailable().get());
  }

  @Test
  void shouldDigestTheSameWhenBytesAndFilesAreTheSame() throws IOException {
    String file = digest(TinyIr.write(folder, 2, 1), "net.xml");
    assertThat(digest(TinyIr.bytes(2, 1), "net.xml")).isEqualTo(file);
    assertThat(digest(TinyIr.bytes(3, 1), "net.xml")).isNotEqualTo(file);
    assertThat(digest(TinyIr.bytes(2, 2), "net.xml")).isNotEqualTo(file);
  }

  @Test
  void shouldDigestWeightsBesideAnOnnxFileWhenItNamesThem() throws IOException {
    byte[] external = join(text(1, "location"), text(2, "weights.data"));
    byte[] tensor = join(text(8, "w"), bytes(13, external));
    byte[] attribute = join(text(1, "value"), bytes(5, bytes(13, deep("deep.data"))));
    byte[] graph = join(bytes(5, tensor), bytes(1, bytes(5, attribute)));
    Files.write(folder.resolve("net.onnx"), bytes(7, graph));
    ModelFiles files = ModelFiles.directory(folder);
    String none = digest(files, "net.onnx");
    Files.writeString(folder.resolve("weights.data"), "1");
    String one = digest(files, "net.onnx");
    Files.writeString(folder.resolve("weights.data"), "2");
    String other = digest(files, "net.onnx");
    Files.writeString(folder.resolve("deep.data"), "2");
    String deep = digest(files, "net.onnx");
    Files.writeString(folder.resolve("unrelated.data"), "2");

    assertThat(none).isNotEqualTo(one);
    assertThat(other).isNotEqualTo(one).isNotEqualTo(none);
    assertThat(deep).isNotEqualTo(other);
    assertThat(digest(files, "net.onnx")).isEqualTo(deep);
  }

  private static byte[] deep(String name) {
    return join(text(1, "location"), text(2, name));
  }

  private static String digest(ModelFiles files, String name) {
    try (OvSource source = OvSource.of(files, name, "")) {
      return OvDigest.hex(source.digest());
    }
  }

  private static byte[] text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of a message in Protocol Buffers' form, shorter than 128 bytes. */
  private static byte[] bytes(int field, byte[] value) {
    return join(new byte[] {(byte) (field << 3 | 2), (byte) value.length}, value);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
