package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Engines;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import dev.avocet.core.net.NetSlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine says of itself, takes, and refuses to open with a reason. */
public abstract class EngineFilesContract extends Contract {
  @TempDir Path folder;

  /** For this engine. */
  protected EngineFilesContract(NetProvider provider) {
    super(provider, Device.CPU);
  }

  private Net openFile() {
    return provider.open(
        ModelFiles.directory(folder), "net.onnx", "", Device.CPU, NetOptions.DEFAULT);
  }

  @Test
  void shouldBeFoundAndRunOnTheProcessor() {
    assertThat(Engines.installed()).hasAtLeastOneElementOfType(provider.getClass());
    assertThat(provider.version()).matches("\\d+\\.\\d+.*");
    assertThat(provider.runsOn("cpu")).isTrue();
    assertThat(provider.runsOn("tpu")).isFalse();
    assertThat(provider.reads("a.onnx")).isTrue();
    assertThat(provider.reads("a.ONNX")).isTrue();
    assertThat(provider.reads("a.engine")).isFalse();
  }

  @Test
  void shouldOpenAFileAsItOpensMemory() throws IOException {
    Files.write(folder.resolve("net.onnx"), TinyNets.affine(3).build());
    try (Net net = openFile();
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(3)).floats().put(0, 4).put(1, 5).put(2, 6);
      slot.run();
      assertThat(slot.output(0).floats().get(2)).isEqualTo(13);
    }
  }

  @Test
  void shouldNameAnOptionThatItDoesNotKnow() {
    byte[] onnx = TinyNets.affine(3).build();
    NetOptions options = TinyNets.option("warp", "9");
    AvocetException e =
        TinyNets.failure(() -> TinyNets.open(provider, onnx, Device.CPU, options).close());
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    assertThat(e).hasMessageContaining("\"warp\"").hasMessageContaining(provider.name());
  }

  @Test
  void shouldNameTheOperatorThatIsUnknown() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 2)
            .node("mmdeploy", "NMSRotated", new String[] {"x"}, "y")
            .output("y", TinyOnnx.FLOAT, 2);
    AvocetException e = TinyNets.failure(() -> TinyNets.open(provider, onnx).close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("tiny.onnx").hasMessageContaining("NMSRotated");
  }

  @Test
  void shouldRefuseDamagedFiles() throws IOException {
    byte[] good = TinyNets.affine(3).build();
    byte[][] bad = {
      "this is no network".getBytes(StandardCharsets.UTF_8),
      {1},
      {},
      Arrays.copyOf(good, good.length / 2)
    };
    for (byte[] bytes : bad) {
      Files.write(folder.resolve("net.onnx"), bytes);
      assertDamaged(TinyNets.failure(() -> openFile().close()), "net.onnx");
      AvocetException e =
          TinyNets.failure(
              () -> TinyNets.open(provider, bytes, Device.CPU, NetOptions.DEFAULT).close());
      assertDamaged(e, "tiny.onnx");
    }
  }

  private static void assertDamaged(AvocetException e, String file) {
    assertThat(e.status()).isEqualTo(Status.FAIL);
    assertThat(e)
        .hasMessageContaining(file)
        .hasMessageMatching("(?s).*is not a network that.*: .+");
    assertThat(e.getMessage()).doesNotContainPattern(EngineRunsContract.SOURCE_PLACE);
  }

  @Test
  void shouldNameTheFileThatIsMissing() {
    AvocetException e = TinyNets.failure(() -> openFile().close());
    assertThat(e.status()).isEqualTo(Status.FILE_NOT_FOUND);
    assertThat(e).hasMessageContaining("net.onnx").hasMessageContaining(folder.toString());
  }
}
