package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.internal.EmptyLibrary;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.internal.OnnxOperators;
import dev.avocet.testing.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * TensorRT itself, from its redistributable jar, on a machine without a driver (profile {@code
 * tensorrt-redist}): as far as it goes without a GPU. It makes neither runtime nor builder there,
 * so of its parser only the list of operators, and of its reading of engines nothing can be tried.
 */
@Tag("redist")
@EnabledIfSystemProperty(
    named = TrtLibrary.PROPERTY,
    matches = ".+",
    disabledReason =
        "the profile tensorrt-redist, in whose execution of its own this runs, names TensorRT's folder")
class TrtRedistTest {
  private static final Bindings BINDINGS = new Bindings();
  private static final TrtLog LOG = BINDINGS.log;
  private static final TrtVersion VERSION = BINDINGS.library.version();

  /** What has to be loaded before the class of the log is. */
  private static final class Bindings {
    private final TrtLibrary library;
    private final TrtLog log;

    Bindings() {
      Natives.prepare();
      NvidiaNames names = new NvidiaNames();
      EmptyLibrary.standInForMissing(names.file("cuda"), names.file("cudart"));
      assertThat(TrtLibrary.loadAll(names)).isEmpty();
      library = TrtLibrary.bind(names, Optional.of("it is not needed here"));
      log = new TrtLog();
    }
  }

  private static boolean driver() {
    return Loader.addressof("cuInit") != null;
  }

  @BeforeAll
  static void shouldBeTheReleaseOfTheJar() {
    assertThat(VERSION)
        .isEqualTo(
            new TrtVersion(
                nvinfer.NV_TENSORRT_MAJOR, nvinfer.NV_TENSORRT_MINOR, nvinfer.NV_TENSORRT_PATCH));
    assertThat(nvonnxparser.getNvOnnxParserVersion()).isPositive();
  }

  @Test
  void shouldLoadNothingThatIsNotCalled() throws IOException {
    try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
      assertThat(maps.filter(line -> line.matches(".*/lib(jni)?(cublas|cudnn|nvrtc).*"))).isEmpty();
    }
  }

  @Test
  void shouldRefuseToStartWithItsWordsWhenThereIsNoDriver() {
    assumeTrue(!driver(), "there is a driver");
    assertThatThrownBy(() -> TrtRuntime.create(LOG, VERSION))
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.NOT_SUPPORTED))
        .hasMessageStartingWith(
            "TensorRT %s does not start: createInferRuntime: ".formatted(VERSION))
        .hasMessageContaining("CUDA initialization failure with error: 35")
        .hasMessageNotContaining(".cpp");
  }

  @Test
  void shouldMakeNoBuilderAndSayWhyWhenThereIsNoDriver() {
    assumeTrue(!driver(), "there is a driver");
    LOG.clear();
    assertThat(nvinfer.createInferBuilder_INTERNAL(LOG, VERSION.number())).isNull();
    assertThat(LOG.failure().text())
        .contains("createInferBuilder: ", "Please check your CUDA installation");
  }

  /**
   * What the parser does with operators takes a network, which only a builder makes; which it knows
   * it says without. Freed, it shows that our place of its destructor is the library's.
   */
  @Test
  void shouldKnowEveryOperatorOfTheSharedModelsWhenThereIsNoNetwork() throws IOException {
    SortedMap<String, SortedSet<String>> unknown = new TreeMap<>();
    int operators = 0;
    IParser parser =
        new IParser(
            nvonnxparser.createNvOnnxParser_INTERNAL(
                null, LOG, nvonnxparser.getNvOnnxParserVersion()));
    try (Stream<Path> assets = Files.walk(SharedFolder.resolve("assets"))) {
      for (Path model : assets.filter(file -> file.toString().endsWith(".onnx")).toList()) {
        for (String operator : OnnxOperators.of(ByteBuffer.wrap(Files.readAllBytes(model)), "")) {
          operators++;
          if (!parser.supportsOperator(operator.substring(1))) {
            unknown
                .computeIfAbsent(operator.substring(1), name -> new TreeSet<>())
                .add(model.getFileName().toString());
          }
        }
      }
      assertThat(parser.supportsOperator("NoSuchOperator")).isFalse();
    } finally {
      TrtObjects.free(parser);
    }
    assertThat(operators).isGreaterThan(100);
    assertThat(unknown).isEmpty();
  }

  private static void assertRefused(Status status, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AvocetException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining(words);
  }

  @Test
  void shouldHaveItsOwnPluginsAndRefuseOthersWithTheReason(@TempDir Path folder) throws Exception {
    TrtPlugins.load(LOG, List.of());
    TrtPlugins.load(LOG, List.of());
    assertThat(nvinfer.getPluginRegistry().getCreator("EfficientNMS_TRT", "1")).isNotNull();
    assertThat(nvinfer.getPluginRegistry().getCreator("TRTBatchedNMS", "1")).isNull();
    Path missing = folder.resolve("libmmdeploy_tensorrt_ops.so");
    assertRefused(
        Status.FILE_NOT_FOUND,
        "plugins=" + missing + ": there is no such file",
        () -> TrtPlugins.load(LOG, List.of(missing)));
    Path text = Files.writeString(folder.resolve("text.so"), "no library, but long enough");
    assertRefused(
        Status.INVALID_ARG,
        "plugins=" + text + " cannot be loaded: it is no library",
        () -> TrtPlugins.load(LOG, List.of(text)));
    Path empty = folder.resolve("libempty.so");
    Files.write(empty, EmptyLibrary.bytes(Loader.getPlatform(), "libempty.so"));
    assertRefused(
        Status.INVALID_ARG,
        "plugins=" + empty + " brings no plugin: ",
        () -> TrtPlugins.load(LOG, List.of(empty)));
  }

  @Test
  void shouldSayWhatTheLibraryNeedsWhenAPluginsFunctionIsMissing(@TempDir Path folder)
      throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("a.c"),
            "int avocet_nowhere(void); int a(void) { return avocet_nowhere(); }");
    Path library = folder.resolve("liba.so");
    Process compiler =
        new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    assertRefused(
        Status.INVALID_ARG,
        "undefined symbol: avocet_nowhere",
        () -> TrtPlugins.load(LOG, List.of(library)));
  }
}
