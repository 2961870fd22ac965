package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.TinyNets;
import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be opened, and what is said of it. */
class OvErrorsTest {
  private final OvProvider provider = new OvProvider();

  @TempDir Path folder;

  @BeforeEach
  void skipWithoutTheEngine() {
    EngineUnderTest.require(provider);
  }

  private AvocetException failure(byte[] onnx, Device device, NetOptions options) {
    return TinyNets.failure(() -> TinyNets.open(provider, onnx, device, options).close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "GPU GPU",
        "gpu:1 GPU.1",
        "GPU.1 GPU.1",
        "NPU NPU",
        "HETERO:GPU,CPU GPU",
        "BATCH:GPU(4) GPU",
        "MULTI:GPU,NPU GPU",
        "AUTO:NPU,GPU NPU"
      })
  void shouldNameWhatIsThereWhenADeviceIsNot(String device, String missing) {
    assumeTrue(provider.devices().size() == 1, "skipped: there is more than a processor");
    AvocetException e =
        failure(TinyNets.affine(2).build(), Device.parse("openvino:" + device), NetOptions.DEFAULT);
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e)
        .hasMessageContaining("finds no " + missing)
        .hasMessageMatching(".*on this machine, only \\[?CPU.*driver installed.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HETERO", "BATCH", "BATCH:CPU(X", "HETERO:CPU,TPU", "CPU.7", "AUTO:TPU"})
  void shouldRefuseADeviceThatMakesNoSense(String device) {
    AvocetException e =
        failure(TinyNets.affine(2).build(), Device.parse("openvino:" + device), NetOptions.DEFAULT);
    assertThat(e.status()).isIn(Status.NOT_SUPPORTED, Status.INVALID_ARG);
    assertThat(e).hasMessageContaining(device);
  }

  @ParameterizedTest
  @CsvSource({
    "WARP,9",
    "warp,9",
    "shapes,-1",
    "shapes,65",
    "shapes,many",
    "cache_dir,' '",
    "INFERENCE_NUM_THREADS,many",
    "PERFORMANCE_HINT,FAST",
    "NUM_STREAMS,-7",
    "PERF_COUNT,perhaps",
    "FULL_DEVICE_NAME,mine"
  })
  void shouldNameTheOptionThatIsRefused(String key, String value) {
    AvocetException e =
        failure(TinyNets.affine(2).build(), Device.CPU, TinyNets.option(key, value));
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    assertThat(e).hasMessageContaining(key);
  }

  @Test
  void shouldNameEveryOperatorThatItCannotTake() {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 2)
            .node("mmdeploy", "NMSRotated", new String[] {"x"}, "m")
            .node("Frobnicate", new String[] {"m"}, "y")
            .output("y", TinyOnnx.FLOAT, 2);
    AvocetException e = failure(onnx.build(), Device.CPU, NetOptions.DEFAULT);
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e)
        .hasMessageContaining("tiny.onnx of memory uses Frobnicate, NMSRotated, which OpenVINO ")
        .hasMessageContaining("run it with another engine, such as --device onnxruntime:cpu: ");
    assertThat(e.getMessage()).doesNotContain(".cpp", "https:");
  }

  private Net openIr(String operator, byte[] weights) throws IOException {
    Files.writeString(folder.resolve("net.xml"), OneNodeIr.xml(operator));
    Files.write(folder.resolve("net.bin"), weights);
    return provider.open(
        ModelFiles.directory(folder), "net.xml", "", Device.CPU, NetOptions.DEFAULT);
  }

  private AvocetException irFailure(String operator, byte[] weights) {
    return TinyNets.failure(
        () -> {
          try {
            openIr(operator, weights).close();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void shouldRunItsOwnFormat() throws IOException {
    try (Net net = openIr("Add", OneNodeIr.weights());
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2)).floats().put(0, 1).put(1, 2);
      slot.run();
      assertThat(slot.output(0).floats().get(1)).isEqualTo(22);
    }
  }

  @Test
  void shouldNameTheOperatorInItsOwnFormat() {
    AvocetException e = irFailure("Frobnicate", OneNodeIr.weights());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("net.xml uses Frobnicate, which OpenVINO ");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void shouldAskForTheOriginalWhenWeightsAreCutShort(int length) {
    AvocetException e = irFailure("Add", Arrays.copyOf(OneNodeIr.weights(), length));
    assertThat(e.status()).isEqualTo(Status.FAIL);
    assertThat(e)
        .hasMessageContaining("net.xml is not a network that OpenVINO ")
        .hasMessageContaining("is it complete? compare it with the original: ");
  }

  @Test
  void shouldNameTheWeightsThatAreMissing() throws IOException {
    Files.writeString(folder.resolve("net.xml"), OneNodeIr.xml("Add"));
    AvocetException e =
        TinyNets.failure(
            () ->
                provider
                    .open(
                        ModelFiles.directory(folder), "net.xml", "", Device.CPU, NetOptions.DEFAULT)
                    .close());
    assertThat(e.status()).isEqualTo(Status.FILE_NOT_FOUND);
    assertThat(e).hasMessageContaining("net.bin").hasMessageContaining(folder.toString());
  }

  @Test
  void shouldCleanOpenVinosWords() {
    OvFailure failure =
        OvFailure.of(
            """
            Exception from src/inference/src/cpp/core.cpp:105:
            Check 'a == "b"' failed at src/frontends/onnx/frontend/src/frontend.cpp:161:
            FrontEnd API failed with GeneralFailure:
            Model can't be parsed
            """);
    assertThat(failure.text()).isEqualTo("Model can't be parsed");
    assertThat(OvFailure.of("Check 'n < 3' failed at src/a/b.hpp:7:\n").text())
        .isEqualTo("Check 'n < 3'");
    assertThat(OvFailure.of("").text()).isEqualTo("no reason given");
  }
}
