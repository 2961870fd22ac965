package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrtFailureTest {
  @BeforeAll
  static void load() {
    StandIns.load();
  }

  private static String text(String... lines) {
    return TrtFailure.of(List.of(lines)).text();
  }

  @Test
  void shouldLeaveOutSourceFilesAndRepetitionsWhenWordsNameThem() {
    assertThat(
            text(
                "createInferRuntime: Error Code 6: API Usage Error (CUDA initialization failure with error: 35 In checkCudaInstallation at /_src/runtime/dispatch/runtime.cpp:824)",
                "[checkMacros.cpp::catchCudaError::229] Error Code 1: Cuda Runtime (In catchCudaError at /_src/common/dispatch/checkMacros.cpp:229)",
                "[checkMacros.cpp::catchCudaError::229] Error Code 1: Cuda Runtime (In catchCudaError at /_src/common/dispatch/checkMacros.cpp:229)"))
        .isEqualTo(
            "createInferRuntime: Error Code 6: API Usage Error (CUDA initialization failure with error: 35); Error Code 1: Cuda Runtime");
    assertThat(text("ModelImporter.cpp:826: ERROR: bad\n  graph ")).isEqualTo("ERROR: bad; graph");
    assertThat(text()).isEqualTo("no reason given");
    assertThat(text(" ", "")).isEqualTo("no reason given");
  }

  @Test
  void shouldNameThePluginAndTheOptionWhenOneIsMissing() {
    String assertion =
        "Assertion failed: creator && \"Plugin not found, are the plugin name, version, and namespace correct?\"";
    AvocetException deploy =
        TrtFailure.of(List.of(assertion), "TRTBatchedNMS")
            .toException(Status.FAIL, "end2end.onnx cannot be read by TensorRT");
    assertThat(deploy.status()).isEqualTo(Status.NOT_SUPPORTED);
    assertThat(deploy)
        .hasMessage(
            "end2end.onnx cannot be read by TensorRT: TensorRT has no plugin TRTBatchedNMS; name the library that has it in the option plugins=PATH (MMDeploy's is libmmdeploy_tensorrt_ops.so), or export the network without; TensorRT: "
                + assertion);
    assertThat(TrtFailure.of(List.of("node 7 \"nms\" (MyNms): " + assertion)).plugins())
        .containsExactly("MyNms");
    assertThat(
            TrtFailure.of(List.of("While parsing node number 7 [MyNms -> \"out\"]: " + assertion))
                .plugins())
        .containsExactly("MyNms");
    assertThat(TrtFailure.of(List.of("Cannot find plugin: EfficientNMS_TRT, version: 2")).plugins())
        .containsExactly("EfficientNMS_TRT");
    assertThat(
            TrtFailure.of(
                    List.of("IPluginRegistry::getCreator: could not find plugin: A version: 1"))
                .toException(Status.FAIL, "x.engine"))
        .hasMessageContaining("TensorRT has no plugin A; ")
        .hasMessageNotContaining("MMDeploy");
    assertThat(TrtFailure.of(List.of("No importer registered for op: Foo. Attempting")).operators())
        .containsExactly("Foo");
  }

  @Test
  void shouldTellMemoryFromOtherReasons() {
    assertThat(
            TrtFailure.of(List.of("Error Code 2: OutOfMemory (Requested size was 1 bytes.)"))
                .toException(Status.FAIL, "x")
                .status())
        .isEqualTo(Status.OUT_OF_MEMORY);
    AvocetException other = TrtFailure.of(List.of("a")).toException(Status.INVALID_ARG, "x");
    assertThat(other).hasMessage("x: a");
    assertThat(other.status()).isEqualTo(Status.INVALID_ARG);
  }

  @Property(tries = 200)
  void shouldTakeAnyWords(@ForAll List<String> lines, @ForAll String searched) {
    TrtFailure failure = TrtFailure.of(lines, searched);
    assertThat(failure.text()).isNotBlank();
    assertThatCode(() -> failure.toException(Status.FAIL, "x")).doesNotThrowAnyException();
  }

  private static void say(TrtLog log, ILogger.Severity severity, String words) {
    log.log(severity, words);
  }

  @Test
  void shouldKeepErrorsByThreadUntilTheyAreTaken() throws Exception {
    try (TrtLog log = new TrtLog()) {
      say(log, ILogger.Severity.kERROR, "mine");
      say(log, ILogger.Severity.kWARNING, "not an error");
      Thread other = new Thread(() -> say(log, ILogger.Severity.kINTERNAL_ERROR, "another's"));
      other.start();
      other.join();
      assertThat(log.failed()).isTrue();
      assertThat(log.failure().text()).isEqualTo("mine");
      assertThat(log.failed()).isFalse();
      say(log, ILogger.Severity.kERROR, "later");
      log.clear();
      assertThat(log.failure().text()).isEqualTo("no reason given");
    }
  }

  @Test
  void shouldRememberWhichPluginTheParserLookedFor() {
    try (TrtLog log = new TrtLog()) {
      say(log, ILogger.Severity.kINFO, "Searching for plugin: GatherTopk, plugin_version: 1");
      say(log, ILogger.Severity.kERROR, "creator && \"Plugin not found, are …\"");
      assertThat(log.failure().plugins()).containsExactly("GatherTopk");
      say(log, ILogger.Severity.kERROR, "Plugin not found");
      assertThat(log.failure().plugins()).isEmpty();
    }
  }

  @Test
  void shouldKeepAFewLinesWhenThereAreMany() {
    try (TrtLog log = new TrtLog()) {
      for (int i = 0; i < 20; i++) {
        say(log, ILogger.Severity.kERROR, i + "x".repeat(2100));
      }
      assertThat(log.failure().text().length()).isLessThan(16 * 2002 + 32);
    }
  }
}
