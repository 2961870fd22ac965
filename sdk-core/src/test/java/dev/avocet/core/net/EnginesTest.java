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
        .containsExactly("alpha", "beta", "broken", "swift");
    assertThat(log.text())
        .contains("WARN")
        .contains("FakeProviders$Unloadable is left out")
        .contains("org/example/Missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cpu        | ''       | a.net | alpha, with preference 0; not with broken: libbroken.so is missing, install broken-runtime; beta: preference 0; swift: preference 0
          cpu        | alpha    | a.net | alpha, the model's backend; not with beta: not the model's backend; broken: not the model's backend; swift: not the model's backend
          cpu        | swift    | a.net | swift, the model's backend; not with alpha: not the model's backend; beta: not the model's backend; broken: not the model's backend
          cpu        | broken   | a.net | alpha, with preference 0; not with broken: libbroken.so is missing, install broken-runtime; beta: preference 0; swift: preference 0
          cpu        | tensorrt | a.net | alpha, with preference 0; not with broken: libbroken.so is missing, install broken-runtime; tensorrt: the model's backend, not on the class path; beta: preference 0; swift: preference 0
          cpu        | alpha    | a_net | beta, with preference 0; not with alpha: does not read this file; broken: does not read this file; swift: preference 0
          gpu:1      | ''       | a.net | swift, with preference 2; not with alpha: does not run on device "gpu"; broken: does not run on device "gpu"; beta: preference 1
          vpu        | ''       | a.net | swift, the only one that fits; not with alpha: does not run on device "vpu"; beta: does not run on device "vpu"; broken: does not run on device "vpu"
          gpu        | beta     | a.net | beta, the model's backend; not with alpha: not the model's backend; broken: not the model's backend; swift: not the model's backend
          gpu        | alpha    | a.net | swift, with preference 2; not with alpha: does not run on device "gpu"; broken: does not run on device "gpu"; beta: preference 1
          beta:cpu   | alpha    | a.net | beta, which the device names; not with alpha: not named; broken: not named; swift: not named
          beta:gpu:1 | beta     | a.net | beta, which the device names; not with alpha: not named; broken: not named; swift: not named
          swift:AUTO:gpu,cpu | ''  | a.net | swift, which the device names; not with alpha: not named; beta: not named; broken: not named
          """)
  void shouldChooseByDeviceThenModelThenPreferenceAndSayWhy(
      String device, String backend, String file, String expected) {
    NetProvider chosen = Engines.choose(Device.parse(device), backend, file);
    String name = expected.substring(0, expected.indexOf(','));
    assertThat(chosen.name()).isEqualTo(name);
    assertThat(log.text().lines().filter(line -> line.contains(" INFO ")))
        .singleElement()
        .asString()
        .endsWith(
            "%s runs on device=%s with %s"
                .formatted(file, device, expected.replaceFirst(name, name + " 0.1")));
  }

  @Test
  void shouldNameTheEnginesThereAreWhenTheOneAskedForIsNot() {
    assertFails(
            Status.INVALID_ARG, () -> Engines.choose(Device.parse("gamma:cpu"), "alpha", "a.net"))
        .isEqualTo(
            "device=gamma:cpu: there is no engine \"gamma\"; on the class path are [alpha, beta,"
                + " broken, swift]; before a device with a colon in its name write the engine:"
                + " openvino:AUTO:GPU,CPU");
    assertFails(Status.INVALID_ARG, () -> Engines.check(Device.parse("AUTO:gpu,cpu")))
        .endsWith("; write swift:AUTO:gpu,cpu for its device \"AUTO:gpu,cpu\"");
  }

  @Test
  void shouldGiveEachEnginesReasonWhenNoneFits() {
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.parse("npu"), "", "a.net"))
        .isEqualTo(
            "no engine runs file=a.net on device=npu; alpha: does not run on device \"npu\"; beta:"
                + " does not run on device \"npu\"; broken: libbroken.so is missing, install"
                + " broken-runtime; swift: does not run on device \"npu\"");
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.CPU, "alpha", "a.txt"))
        .contains("file=a.txt on device=cpu")
        .contains("alpha: does not read this file; beta: does not read this file")
        .endsWith(": export the model again as ONNX (MMDeploy's backend onnxruntime)");
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.parse("broken:cpu"), "", "a.net"))
        .isEqualTo(
            "no engine runs file=a.net on device=broken:cpu; broken: libbroken.so is missing,"
                + " install broken-runtime");
    assertFails(Status.NOT_SUPPORTED, () -> Engines.choose(Device.parse("alpha:gpu"), "", "a.net"))
        .contains("alpha: does not run on device \"gpu\"");
  }

  @Test
  void shouldListTheDevicesOfUsableEngines() {
    assertThat(Engines.devices())
        .containsExactly(Device.parse("swift:cpu"), Device.parse("swift:gpu.1"));
    assertThat(log.text())
        .contains("engine beta is left out, it cannot list its devices")
        .contains("the driver does not answer");
  }

  @Test
  void shouldRefuseDevicesThatNoEngineKnowsAndLeaveAbsentOnesToOpening() {
    for (String known : new String[] {"cpu", "gpu:7", "npu", "broken:npu", "swift:AUTO:gpu,cpu"}) {
      Engines.check(Device.parse(known));
    }
    assertFails(Status.INVALID_ARG, () -> Engines.check(Device.parse("tpu")))
        .isEqualTo(
            "device=tpu: no engine here knows the device \"tpu\"; there are [swift:cpu,"
                + " swift:gpu.1]");
    assertFails(Status.INVALID_ARG, () -> Engines.check(Device.parse("alpha:npu")))
        .startsWith("device=alpha:npu: no engine here knows the device \"npu\"");
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
