package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.OnnxOperators;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetDevice;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.TinyNets;
import dev.avocet.testing.TinyOnnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrtOptionsTest {
  @TempDir Path folder;

  private static float answer(Net net) {
    try (NetSlot slot = net.slot()) {
      Tensor x = slot.input(0, Shape.of(3));
      x.floats().put(0, 4).put(1, 5).put(2, 6);
      slot.run();
      return slot.output(0).floats().get(2);
    }
  }

  private static Net open(byte[] onnx, Device device, NetOptions options) {
    return TinyNets.open(new OrtProvider(), onnx, device, options);
  }

  private Net openFile(NetOptions options) {
    return new OrtProvider()
        .open(ModelFiles.directory(folder), "net.onnx", "", Device.CPU, options);
  }

  @Test
  void shouldSayWhatItIs() {
    OrtProvider provider = new OrtProvider();
    assertThat(provider.unavailable()).isEmpty();
    assertThat(provider.version()).matches("1\\.\\d+\\.\\d+");
    assertThat(provider.runsOn("cpu")).isTrue();
    assertThat(provider.runsOn("CPU")).isTrue();
    assertThat(provider.runsOn("CUDA"))
        .isEqualTo(OrtRuntime.get().providers().contains("CUDAExecutionProvider"));
    assertThat(provider.runsOn("npu")).isFalse();
    assertThat(provider.reads("a.ORT")).isTrue();
    assertThat(provider.reads("a.xml")).isFalse();
  }

  @Test
  void shouldListTheProcessorAndWhatItCanDo() {
    NetDevice processor = new OrtProvider().devices().get(0);
    int threads = Runtime.getRuntime().availableProcessors();
    assertThat(processor.name()).isEqualTo("cpu");
    assertThat(processor.fullName()).isNotBlank();
    assertThat(processor.abilities())
        .contains("CPUExecutionProvider", threads == 1 ? "1 thread" : threads + " threads");
    for (NetDevice device : new OrtProvider().devices()) {
      assertThat(new OrtProvider().runsOn(device.name())).isTrue();
    }
  }

  @Test
  void shouldTakeTheNamesOfDevicesInAnyCase() {
    try (Net net =
        TinyNets.open(
            new OrtProvider(),
            TinyNets.affine(3).build(),
            Device.parse("onnxruntime:CPU"),
            NetOptions.DEFAULT)) {
      assertThat(net.description()).contains(" on cpu");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spin_us,0",
    "spin_us,1000",
    "graph_optimization,disable",
    "graph_optimization,basic",
    "graph_optimization,extended",
    "graph_optimization,all",
    "providers,cpu"
  })
  void shouldAnswerAlikeWhateverTheOption(String key, String value) {
    try (Net net =
        open(TinyNets.affine(3).build(), Device.CPU, new NetOptions(2, Map.of(key, value)))) {
      assertThat(answer(net)).isEqualTo(13);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "warp | 9 | INVALID_ARG | \"warp\" is not known to onnxruntime; known are [cuda_memory_mb, custom_ops",
        "spin_us | yes | INVALID_ARG | spin_us=\"yes\": expected 0 to 999999",
        "graph_optimization | full | INVALID_ARG | expected one of [all, basic, disable, extended]",
        "providers | gpu | INVALID_ARG | expected a comma list of [cpu, cuda, tensorrt, xnnpack]",
        "providers | '' | INVALID_ARG | expected a comma list",
        "providers | xnnpack,cpu | NOT_SUPPORTED | \"xnnpack\" is not in this build",
        "providers | tensorrt,cpu | INVALID_ARG | belong to device cuda and to no other",
        "provider_fallback | yes | INVALID_ARG | provider_fallback=\"yes\": expected true or false",
        "tensorrt_fp16 | 1 | INVALID_ARG | tensorrt_fp16=\"1\": expected true or false",
        "tensorrt_fp16 | true | INVALID_ARG | [trt_fp16_enable] is for provider \"tensorrt\", which is",
        "tensorrt_workspace_mb | 0 | INVALID_ARG | expected 1 to 9999999 megabytes",
        "tensorrt_cache_dir | '' | INVALID_ARG | tensorrt_cache_dir=\"\": expected a folder",
        "cuda_memory_mb | 99 | INVALID_ARG | [gpu_mem_limit] is for provider \"cuda\", which is not",
        "trt_dla_core | 0 | INVALID_ARG | [trt_dla_core] is for provider \"tensorrt\"",
        "cuda.use_tf32 | 0 | INVALID_ARG | [use_tf32] is for provider \"cuda\"",
        "cuda. | 0 | INVALID_ARG | \"cuda.\" is not known",
        "custom_ops_library | /no/such.so | FILE_NOT_FOUND | custom_ops_library=/no/such.so",
        "optimized_model | '' | INVALID_ARG | optimized_model=\"\": expected a path",
      })
  void shouldRefuseBadOptions(String key, String value, Status status, String words) {
    AvocetException e =
        TinyNets.failure(
            () ->
                open(TinyNets.affine(3).build(), Device.CPU, TinyNets.option(key, value)).close());
    assertThat(e.status()).isEqualTo(status);
    assertThat(e).hasMessageContaining(words);
  }

  @Test
  void shouldHandOnWhatTheProvidersAreTold() {
    Map<String, String> given =
        Map.of(
            "tensorrt_fp16", "true",
            "tensorrt_cache_dir", folder.resolve("engines").toString(),
            "tensorrt_workspace_mb", "512",
            "trt_dla_core", "1",
            "cuda_memory_mb", "2",
            "cuda.use_tf32", "0",
            "spin_us", "0");
    GpuOptions options = GpuOptions.of(given, 3, List.of("tensorrt", "cuda", "cpu"));
    String engines = folder.resolve("engines").toString();
    assertThat(engines).satisfies(f -> assertThat(Path.of(f)).isDirectory());
    assertThat(options.tensorrt())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "device_id", "3",
                "trt_fp16_enable", "1",
                "trt_engine_cache_enable", "1",
                "trt_engine_cache_path", engines,
                "trt_timing_cache_enable", "1",
                "trt_timing_cache_path", engines,
                "trt_max_workspace_size", "536870912",
                "trt_dla_core", "1"));
    assertThat(options.cuda())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("device_id", "3", "gpu_mem_limit", "2097152", "use_tf32", "0"));
  }

  @Test
  void shouldRunWithoutProvidersThatAreNotThereWhenAskedTo() {
    Device cuda = Device.parse("cuda:1");
    Map<String, String> wanted = new HashMap<>(Map.of("providers", "tensorrt,cuda,cpu"));
    AvocetException e =
        TinyNets.failure(
            () ->
                open(TinyNets.affine(3).build(), cuda, new NetOptions(1, Map.copyOf(wanted)))
                    .close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e).hasMessageContaining("\"tensorrt\"").hasMessageContaining("onnxruntime_gpu");
    wanted.put("provider_fallback", "true");
    try (Net net = open(TinyNets.affine(3).build(), cuda, new NetOptions(1, wanted))) {
      assertThat(answer(net)).isEqualTo(13);
      assertThat(net.description()).contains(" on cpu,");
    }
    wanted.put("optimized_model", folder.resolve("net.optimised").toString());
    assertThat(
            TinyNets.failure(
                () -> open(TinyNets.affine(3).build(), cuda, new NetOptions(1, wanted)).close()))
        .hasMessageContaining("optimized_model goes neither with");
  }

  @Test
  void shouldRefuseALibraryOfOperatorsThatIsNone() throws IOException {
    Path library = Files.writeString(folder.resolve("ops.so"), "no library");
    AvocetException e =
        TinyNets.failure(
            () ->
                open(
                        TinyNets.affine(3).build(),
                        Device.CPU,
                        TinyNets.option("custom_ops_library", library.toString()))
                    .close());
    assertThat(e.status()).isEqualTo(Status.INVALID_ARG);
    assertThat(e).hasMessageContaining(library.toString());
  }

  @ParameterizedTest
  @CsvSource({"cuda:0", "npu"})
  void shouldSayWhatThereIsWhenTheDeviceIsMissing(String device) {
    AvocetException e =
        TinyNets.failure(
            () ->
                open(TinyNets.affine(3).build(), Device.parse(device), NetOptions.DEFAULT).close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e)
        .hasMessageContaining("device=" + Device.parse(device))
        .hasMessageContaining("[cpu");
  }

  @Test
  void shouldNameAllOperatorsOfTheUnknownDomain() throws IOException {
    byte[] onnx =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 2)
            .node("mmdeploy", "NMSRotated", new String[] {"x"}, "y")
            .node("Identity", new String[] {"y"}, "i")
            .node("mmdeploy", "grid_sampler", new String[] {"i"}, "z")
            .node("mmdeploy", "grid_sampler", new String[] {"z"}, "w")
            .output("w", TinyOnnx.FLOAT, 2)
            .build();
    Files.write(folder.resolve("net.onnx"), onnx);
    AvocetException e = TinyNets.failure(() -> openFile(NetOptions.DEFAULT).close());
    assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(e)
        .hasMessageContaining("uses the operators mmdeploy:NMSRotated, mmdeploy:grid_sampler, ")
        .hasMessageContaining("the library that has them by the option custom_ops_library=PATH");
    for (int length = 0; length < onnx.length; length++) {
      assertThat(OnnxOperators.of(ByteBuffer.wrap(onnx, 0, length), "mmdeploy"))
          .isSubsetOf("mmdeploy:NMSRotated", "mmdeploy:grid_sampler", "mmdeploy:");
    }
  }

  @Test
  void shouldKeepTheOptimisedModel() throws IOException {
    Path cache = folder.resolve("cache/net.optimised");
    NetOptions options = TinyNets.option("optimized_model", cache.toString());
    Files.write(folder.resolve("net.onnx"), TinyNets.affine(3).build());
    byte[] first = openAndRead(options, cache, 13);
    Object written = Files.getLastModifiedTime(cache);
    assertThat(openAndRead(options, cache, 13)).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(cache)).isEqualTo(written);
    try (Net net = open(first, Device.CPU, NetOptions.DEFAULT)) {
      assertThat(answer(net)).isEqualTo(13);
    }
    for (int at : new int[] {0, first.length / 2, first.length - 1}) {
      byte[] damaged = first.clone();
      damaged[at] ^= 0x55;
      Files.write(cache, damaged);
      openAndRead(options, cache, 13);
      assertThat(Files.readAllBytes(cache)).isNotEqualTo(damaged);
    }
    Files.write(cache, new byte[0]);
    openAndRead(options, cache, 13);
    TinyOnnx other =
        new TinyOnnx()
            .input("x", TinyOnnx.FLOAT, 3)
            .node("Neg", new String[] {"x"}, "y")
            .output("y", TinyOnnx.FLOAT, 3);
    Files.write(folder.resolve("net.onnx"), other.build());
    openAndRead(options, cache, -6);
    try (Stream<Path> files = Files.list(cache.getParent())) {
      assertThat(files).containsExactly(cache);
    }
  }

  private byte[] openAndRead(NetOptions options, Path cache, float expected) throws IOException {
    try (Net net = openFile(options)) {
      assertThat(answer(net)).isEqualTo(expected);
    }
    return Files.readAllBytes(cache);
  }

  @Test
  void shouldSayThatTheOptimisedModelCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    AvocetException e =
        TinyNets.failure(
            () ->
                open(
                        TinyNets.affine(3).build(),
                        Device.CPU,
                        TinyNets.option("optimized_model", file.resolve("x").toString()))
                    .close());
    assertThat(e.status()).isEqualTo(Status.FAIL);
    assertThat(e).hasMessageContaining("optimized_model=" + file);
  }
}
