package dev.avocet.core.net;

import static dev.avocet.core.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.CapturedLog;
import dev.avocet.core.Device;
import dev.avocet.core.Status;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnginesTest {
  @TempDir Path folder;
  private CapturedLog log;

  @BeforeEach
  void captureLog() {
    log = new CapturedLog();
  }

  @AfterEach
  void releaseLog() {
    log.close();
  }

  @Test
  void shouldListEnginesByNameAndLeaveOutThoseThatCannotBeLoaded() {
    assertThat(Engines.installed())
        .extracting(NetProvider::name)
        .containsExactly("alpha", "beta", "broken");
    assertThat(log.text())
        .contains("WARN")
        .contains("FakeProviders$Unloadable is left out")
        .contains("org/example/Missing");
  }

  @ParameterizedTest
  @CsvSource({
    "cpu, '', a.net, alpha",
    "cpu, alpha, a.net, alpha",
    "cpu, beta, a.net, beta",
    "cpu, broken, a.net, alpha",
    "cpu, tensorrt, a.net, alpha",
    "cpu, alpha, a_net, beta",
    "gpu, alpha, a.net, beta",
    "gpu:1, '', a.net, beta",
    "beta:cpu, alpha, a.net, beta",
    "beta:gpu:1, '', a.net, beta",
  })
  void shouldChooseByDeviceThenModelThenWhatFits(
      String device, String backend, String file, String expected) {
    NetProvider chosen = Engines.choose(Device.parse(device), backend, file);
    assertThat(chosen.name()).isEqualTo(expected);
    assertThat(log.text())
        .contains("INFO")
        .contains(file + " runs on " + expected + " 0.1; not [")
        .contains("broken: ");
  }

  @Test
  void shouldNameTheEnginesThereAreWhenTheOneAskedForIsNot() {
    assertFails(
            Status.INVALID_ARG, () -> Engines.choose(Device.parse("gamma:cpu"), "alpha", "a.net"))
        .isEqualTo(
            "device=gamma:cpu: there is no engine \"gamma\"; on the class path are [alpha, beta,"
                + " broken]");
  }

  @Test
  void shouldGiveEachEnginesReasonWhenNoneFits() {
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.parse("npu"), "", "a.net"))
        .isEqualTo(
            "no engine runs file=a.net on device=npu; alpha: does not run on device \"npu\"; beta:"
                + " does not run on device \"npu\"; broken: libbroken.so is missing, install"
                + " broken-runtime");
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.CPU, "alpha", "a.txt"))
        .contains("file=a.txt on device=cpu")
        .contains("alpha: does not read this file; beta: does not read this file")
        .endsWith(": export the model again as ONNX (MMDeploy's backend onnxruntime)");
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.parse("broken:cpu"), "", "a.net"))
        .contains("alpha: device=broken:cpu names another engine")
        .contains("broken: libbroken.so is missing");
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.parse("alpha:gpu"), "", "a.net"))
        .contains("alpha: does not run on device \"gpu\"");
  }

  @Test
  void shouldSayWhatToAddWhenThereIsNoEngine() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader empty =
        new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(empty);
      assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.CPU, "", "a.onnx"))
          .isEqualTo(
              "no engine runs file=a.onnx on device=cpu; none is on the class path, add"
                  + " avocet-net-onnxruntime");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void shouldOpenANetworkFileOnItsOwn() throws IOException {
    Path file = Files.write(folder.resolve("a.net"), new byte[1]);
    try (Net net = Net.open(file, Device.CPU, NetOptions.DEFAULT)) {
      assertThat(net.description()).isEqualTo("fake");
    }
    Path absent = folder.resolve("b.net");
    for (Path bad : new Path[] {absent, folder, Path.of("/"), Path.of("")}) {
      assertFails(
              Status.FILE_NOT_FOUND, () -> Net.open(bad, Device.CPU, NetOptions.DEFAULT).close())
          .isEqualTo("there is no network file " + bad);
    }
  }

  @Test
  void shouldCheckOptions() {
    assertFails(Status.INVALID_ARG, () -> new NetOptions(-1, Map.of()))
        .isEqualTo("threads=-1: expected 0 (auto) to 1024");
    assertFails(Status.INVALID_ARG, () -> new NetOptions(1025, Map.of())).contains("threads=1025");
    assertThat(new NetOptions(3, Map.of()).effectiveThreads()).isEqualTo(3);
    assertThat(NetOptions.DEFAULT.effectiveThreads()).isPositive();
    NetOptions options = new NetOptions(0, Map.of("spin", "1"));
    options.checkKnown("alpha", Set.of("spin", "level"));
    assertFails(Status.INVALID_ARG, () -> options.checkKnown("alpha", Set.of("z", "level")))
        .isEqualTo("option \"spin\" is not known to alpha; known are [level, z]");
  }
}
