package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.TinyNets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On Microsoft's build for GPUs, which the profile {@code onnxruntime-gpu} brings: with a GPU and
 * without.
 */
@Tag("redist")
class OrtGpuBuildTest {
  private static final Device CUDA = Device.parse("onnxruntime:cuda:0");

  @TempDir Path folder;

  @BeforeEach
  void build() {
    assumeTrue(
        OrtRuntime.get().providers().contains("CUDAExecutionProvider"),
        "ONNX Runtime here is not built for GPUs: -Ponnxruntime-gpu");
  }

  private static Net open(Device device, String... keysAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return TinyNets.open(
        new OrtProvider(), TinyNets.affine(3).build(), device, new NetOptions(1, properties));
  }

  private static float answer(Net net) {
    try (NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, Shape.of(3));
      x.floats().put(0, 4).put(1, 5).put(2, 6);
      slot.run();
      return slot.output(0).floats().get(2);
    }
  }

  private static boolean hasGpu() {
    return new OrtProvider().devices().stream().map(NetDevice::name).anyMatch("cuda"::equals);
  }

  /** Skips, saying what is missing, where a network cannot be opened. */
  private static Net openOnGpu(String... keysAndValues) {
    assumeTrue(hasGpu(), "no GPU here, or no driver of NVIDIA's");
    try {
      return open(CUDA, keysAndValues);
    } catch (AvocetException e) {
      assumeTrue(e.status() != Status.NOT_SUPPORTED, e.getMessage());
      throw e;
    }
  }

  @Test
  void shouldListItsProviders() {
    assertThat(OrtOptions.shortNames(OrtRuntime.get().providers()))
        .containsExactly("cpu", "cuda", "tensorrt");
    assertThat(new OrtProvider().runsOn("cuda")).isTrue();
    assertThat(OrtRuntime.get().hasLibrary("cuda")).isTrue();
    assertThat(OrtRuntime.get().hasLibrary("tensorrt")).isTrue();
    assertThat(OrtRuntime.get().hasLibrary("rocm")).isFalse();
  }

  @Test
  void shouldRunOnTheProcessor() {
    try (Net net = open(Device.CPU)) {
      assertThat(answer(net)).isEqualTo(13);
      assertThat(net.description()).contains(" on cpu,");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"cuda,cpu | cuda", "tensorrt,cuda,cpu | tensorrt", "tensorrt | tensorrt"})
  void shouldSayWhatIsMissingWhereThereIsNoGpu(String providers, String first) {
    assumeFalse(hasGpu(), "there is a GPU here");
    AvocetException e = TinyNets.failure(() -> open(CUDA, "providers", providers).close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e.getMessage())
        .startsWith("provider \"" + first + "\" of ONNX Runtime ")
        .containsAnyOf(
            " is missing: install CUDA 12, or name its folder in LD_LIBRARY_PATH",
            "NVIDIA's driver is missing or too old");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"cuda,cpu", "tensorrt,cuda,cpu", "tensorrt"})
  void shouldFallBackToTheProcessorWhenAsked(String providers) {
    assumeFalse(hasGpu(), "there is a GPU here");
    try (Net net = open(CUDA, "providers", providers, "provider_fallback", "true")) {
      assertThat(answer(net)).isEqualTo(13);
      assertThat(net.description()).doesNotContain("cuda").doesNotContain("tensorrt");
    }
  }

  @Test
  void shouldNotListAGpuWithoutTheDriver() {
    assumeFalse(hasGpu(), "there is a GPU here");
    assertThat(new OrtProvider().devices()).extracting(NetDevice::name).containsExactly("cpu");
  }

  @Test
  void shouldAnswerOnCudaAsOnTheProcessor() {
    try (Net net = openOnGpu("cuda_memory_mb", "512", "cuda.cudnn_conv_algo_search", "HEURISTIC")) {
      assertThat(answer(net)).isEqualTo(13);
      assertThat(net.description()).contains(" on cuda,cpu,");
    }
  }

  @Test
  void shouldAnswerOnTensorRtAndKeepItsEngine() {
    try (Net net =
        openOnGpu(
            "providers",
            "tensorrt,cuda,cpu",
            "tensorrt_cache_dir",
            folder.toString(),
            "tensorrt_workspace_mb",
            "256",
            "trt_min_subgraph_size",
            "1")) {
      assertThat(answer(net)).isEqualTo(13);
      assertThat(folder).isDirectoryContaining("glob:**.engine");
    }
  }

  @Test
  void shouldRefuseAKeyThatTheProviderDoesNotKnow() {
    assumeTrue(hasGpu(), "no GPU here, or no driver of NVIDIA's");
    AvocetException e = TinyNets.failure(() -> openOnGpu("cuda.warp", "9").close());
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    assertThat(e).hasMessageContaining("warp");
  }
}
