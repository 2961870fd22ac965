package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuLibrariesTest {
  private static final String ADVICE = "install %s, or name its folder in LD_LIBRARY_PATH";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "libcublasLt.so.12 | CUDA 12",
        "libcudart.so.13 | CUDA 13",
        "libnvrtc.so.12 | CUDA 12",
        "libcufft.so.11 | CUDA's libcufft",
        "libcudnn.so.9 | cuDNN 9",
        "libnvinfer.so.10 | TensorRT 10",
        "libnvonnxparser.so.10.3.0 | TensorRT 10",
        "libcuda.so.1 | NVIDIA's driver",
      })
  void shouldNameWhatTheLibraryComesWith(String library, String product) {
    String words =
        "Failed to load library /x/libonnxruntime_providers_cuda.so with error: "
            + library
            + ": cannot open shared object file: No such file or directory";
    assertThat(GpuLibraries.advice(words))
        .contains(library + " is missing: " + ADVICE.formatted(product));
  }

  @ParameterizedTest
  @CsvSource({
    "libonnxruntime_providers_cuda.so: cannot open shared object file, onnxruntime_gpu",
    "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version, nvidia-smi",
    "CUDA failure 100: no CUDA-capable device is detected, nvidia-smi",
  })
  void shouldSayWhatElseIsMissing(String words, String advice) {
    assertThat(GpuLibraries.advice(words).orElseThrow()).contains(advice);
  }

  @ParameterizedTest
  @CsvSource({"CUDA failure 2: out of memory", "CUDA failure 350: x", "''"})
  void shouldNotGuess(String words) {
    assertThat(GpuLibraries.advice(words)).isEmpty();
  }
}
