package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.internal.EmptyLibrary;
import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading, in JVMs of their own, with drivers that answer what they are told to. */
class TrtLibraryTest {
  private static final String ENGINE = "TensorRT cannot be used: ";

  @TempDir Path folder;
  private Path drivers;
  private final NvidiaNames names = new NvidiaNames();

  @BeforeEach
  void makeFolders() throws IOException {
    drivers = Files.createDirectory(folder.resolve("drivers"));
  }

  /** What the child says, all of it. */
  private String run(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-Xmx64m", "-XX:-UsePerfData"));
    all.add("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
    all.add("-Duser.home=" + folder);
    all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    all.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(OtherJvm.command(all, TrtChild.class)).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("TENSORRT_HOME", "CUDA_HOME", "VIRTUAL_ENV"));
    builder.environment().put("LD_LIBRARY_PATH", drivers.toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.strip();
  }

  /** A driver whose start answers this, and which shows so many GPUs. */
  private void driver(int result, int gpus) throws Exception {
    StringBuilder source =
        new StringBuilder("int cuInit(unsigned f) { return %d; }\n".formatted(result));
    source.append("int cuDeviceGetCount(int* n) { *n = %d; return 0; }\n".formatted(gpus));
    source.append("int cuDriverGetVersion(int* n) { *n = 13010; return 0; }\n");
    source.append(
        "int cuGetErrorName(int c, const char** t) { *t = \"CUDA_ERROR_X\"; return 0; }\n");
    source.append(
        "int cuGetErrorString(int c, const char** t) { *t = \"its words\"; return 0; }\n");
    for (String function : NvidiaFunctions.DRIVER) {
      if (source.indexOf(function + "(") < 0) {
        source.append("int %s(void) { return 1; }%n".formatted(function));
      }
    }
    Path file = Files.writeString(folder.resolve("driver.c"), source);
    try {
      Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-shared",
                  "-fPIC",
                  "-Wl,-soname,libcuda.so.1",
                  "-o",
                  drivers.resolve("libcuda.so.1").toString(),
                  file.toString())
              .inheritIO()
              .start();
      assertThat(compiler.waitFor()).isZero();
    } catch (IOException e) {
      assumeTrue(EngineUnderTest.inCi(), "no C compiler: " + e.getMessage());
      throw e;
    }
  }

  private void empty(String... libraries) throws IOException {
    for (String library : libraries) {
      Files.write(drivers.resolve(library), EmptyLibrary.bytes(Loader.getPlatform(), library));
    }
  }

  @Test
  void shouldNameAllThatIsMissingAndHowToGetItWhenThereIsNothing() throws Exception {
    String said = run();
    assumeTrue(said.contains("NVIDIA's driver (libcuda.so.1) is missing: "), "there is a driver");
    assertThat(said)
        .startsWith(ENGINE)
        .contains("TensorRT (libnvinfer.so.10) is missing in the class path, the system's folders")
        .contains("apt-get install libnvinfer10 libnvinfer-plugin10 libnvonnxparsers10")
        .contains("nvidia-jetpack", "pip install 'tensorrt-cu" + names.cuda() + "<11'")
        .contains("TENSORRT_HOME", "-Davocet.tensorrt.library")
        .contains("CUDA's compiler NVRTC (%s)".formatted(names.file("nvrtc")))
        .contains("CUDA_HOME", "-Davocet.nvrtc.library");
    assertThat(said.lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "34, 'libcuda.so.1 is the stub of the CUDA toolkit'",
    "35, 'update it'",
    "100, 'the driver is there but shows no GPU'",
    "101, 'CUDA_VISIBLE_DEVICES names; correct or unset it'",
    "304, 'add the user to the groups video and render'",
    "800, 'this user may not use the GPU'",
    "802, 'the GPUs are not ready yet'",
    "803, 'different releases; restart the machine'",
    "804, 'forward compatibility'",
    "999, 'restart the machine, see dmesg'"
  })
  void shouldHaveAdviceForWhatTheDriverAnswers(int result, String words) {
    assertThat(CudaDriver.advice(result)).get().asString().contains(words);
  }

  @Test
  void shouldSayWhatIsWrongWhenTheDriverDoesNotStart() throws Exception {
    driver(803, 1);
    assertThat(run())
        .startsWith(ENGINE + "the driver's library and its kernel module are of different releases")
        .contains("(CUDA_ERROR_X, its words)")
        .contains(". TensorRT (libnvinfer.so.10) is missing");
  }

  @Test
  void shouldSayItInTheDriversWordsWhenThereAreNoBetter() throws Exception {
    driver(2, 1);
    assertThat(run())
        .startsWith(ENGINE + "NVIDIA's driver does not start: CUDA_ERROR_X, its words.");
  }

  @Test
  void shouldSayThatThereIsNoGpuWhenTheDriverShowsNone() throws Exception {
    driver(0, 0);
    assertThat(run())
        .startsWith(ENGINE + "the driver is there but shows no GPU; see what nvidia-smi");
  }

  @Test
  void shouldSayWhichFunctionIsMissingWhenTheDriverIsNone() throws Exception {
    empty("libcuda.so.1");
    assertThat(run())
        .startsWith(ENGINE + "libcuda.so.1 has no cuCtxPopCurrent_v2 and lacks ")
        .endsWith("update the driver, on JetPack 6 use the build for it (mvn -P jetpack6)");
  }

  @Test
  void shouldSayWhichFunctionIsMissingWhenTensorRtIsNone() throws Exception {
    driver(0, 1);
    empty("libnvinfer.so.10", "libnvinfer_plugin.so.10", "libnvonnxparser.so.10");
    assertThat(run("-Davocet.tensorrt.library=" + drivers))
        .contains(ENGINE + "libnvinfer.so.10 has no createInferBuilder_INTERNAL and lacks 3 others")
        .endsWith(TrtVersions.SERVED);
  }

  @Test
  void shouldNameTheLibraryThatIsNotThereWhenOthersAre() throws Exception {
    driver(0, 1);
    empty("libnvinfer.so.10", "libnvinfer_plugin.so.10");
    assertThat(run("-Davocet.tensorrt.library=" + drivers))
        .startsWith(
            ENGINE + "TensorRT (libnvonnxparser.so.10) is missing in -Davocet.tensorrt.library=");
  }

  @Test
  void shouldSayWhatIsWrongWithTheFileWhenItIsNoLibrary() throws Exception {
    driver(0, 1);
    Path text =
        Files.writeString(drivers.resolve("libnvinfer.so.10"), "no library, but long enough");
    assertThat(run("-Davocet.tensorrt.library=" + text))
        .startsWith(ENGINE + "TensorRT cannot be loaded: " + text + ": it is no library");
  }

  @Test
  void shouldNameTheReleaseThatIsThereWhenItIsAnother() throws Exception {
    driver(0, 1);
    empty("libnvinfer.so.8");
    assertThat(run("-Davocet.tensorrt.library=" + drivers))
        .contains("which have only " + drivers.resolve("libnvinfer.so.8"));
  }

  @Test
  void shouldNameTheProfileWhenCudaIsOfAnotherMajor() throws Exception {
    driver(0, 1);
    int other = names.cuda() == 13 ? 12 : 13;
    empty("libnvrtc.so." + other);
    assertThat(run("-Davocet.nvrtc.library=" + drivers))
        .contains("which have only " + drivers.resolve("libnvrtc.so." + other))
        .contains(TrtVersions.otherCuda(other, names.cuda()))
        .contains("jetpack6");
  }
}
