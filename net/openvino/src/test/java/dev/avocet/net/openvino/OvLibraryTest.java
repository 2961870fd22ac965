package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.testing.EngineUnderTest;
import dev.avocet.testing.OtherJvm;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Loading, in JVMs of their own. */
@DisabledIfEnvironmentVariable(
    named = "OPENVINO_HOME",
    matches = ".+",
    disabledReason = "it is about the library that is packed")
class OvLibraryTest {
  private static final String PACKAGE = "org/bytedeco/openvino/" + Loader.getPlatform();
  private static final String COMPILE = "dev/avocet/net/openvino/" + Loader.getPlatform();
  private static final String NEXT_STEP =
      "set OPENVINO_HOME or -Davocet.openvino.library to where OpenVINO 2024.4 or later is, or install it with pip install openvino";

  @TempDir Path folder;

  @BeforeEach
  void skipWithoutTheEngine() {
    EngineUnderTest.require(new OvProvider());
  }

  /** The folder that the build has gathered the natives in. */
  private static Path natives() {
    return classPath()
        .map(Path::of)
        .filter(entry -> Files.exists(entry.resolve(PACKAGE)))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private String run(Map<String, String> environment, Path natives, String... options)
      throws Exception {
    return run(List.of(), environment, natives, options);
  }

  /** What the child says, all of it, with these natives in place of the build's. */
  private String run(
      List<String> before, Map<String, String> environment, Path natives, String... options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of("-Xmx64m", "-XX:-UsePerfData"));
    all.add("-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"));
    all.add("-Duser.home=" + folder);
    all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    all.addAll(List.of(options));
    List<String> command = new ArrayList<>(before);
    command.addAll(OtherJvm.command(all, OvChild.class));
    List<String> entries = new ArrayList<>(classPath().toList());
    entries.remove(natives().toString());
    if (natives != null) {
      entries.add(natives.toString());
    }
    command.set(command.indexOf("-cp") + 1, String.join(File.pathSeparator, entries));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("OPENVINO_HOME", "INTEL_OPENVINO_DIR"));
    builder.environment().remove("VIRTUAL_ENV");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.strip();
  }

  private static void assertAnswers(String output, String version) {
    assertThat(output)
        .startsWith("OpenVINO " + version)
        .contains(" on CPU")
        .endsWith(" answers 9.0");
    assertThat(output.lines()).hasSize(1);
  }

  /** The binding without OpenVINO. */
  private Path bindingOnly() throws IOException {
    Path only = folder.resolve("binding");
    for (String name : List.of(PACKAGE + "/libjniopenvino.so", COMPILE)) {
      Path link = only.resolve(name);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, natives().resolve(name));
    }
    return only;
  }

  @Test
  void shouldPrintNothingAndRunFromAFolderOfAnyName() throws Exception {
    Path odd = folder.resolve("my natives+100%20ü");
    Files.createSymbolicLink(odd, natives());
    assertAnswers(run(Map.of(), odd), new OvProvider().version());
  }

  @Test
  void shouldNameTheJarWhenThereAreNoNatives() throws Exception {
    assertThat(run(Map.of(), null))
        .isEqualTo(
            "OpenVINO cannot be used: the binding %s/libjniopenvino.so is not on the class path: add the jar dev.avocet:avocet-net-openvino with classifier %s"
                .formatted(PACKAGE, Loader.getPlatform()));
  }

  @Test
  void shouldSayWhyTheBuildLeftItOut() throws Exception {
    Path left = Files.createDirectories(folder.resolve("left").resolve(PACKAGE));
    Files.writeString(left.resolve("left-out"), "there is no compiler\n");
    assertThat(run(Map.of(), folder.resolve("left")))
        .contains("OpenVINO was left out of this build, there is no compiler");
  }

  @Test
  void shouldNameEveryPlaceItLookedAt() throws Exception {
    String said =
        run(Map.of("OPENVINO_HOME", "/no/such", "VIRTUAL_ENV", "/no/venv"), bindingOnly());
    assumeTrue(!said.contains(" answers "), "skipped: this machine has an OpenVINO installed");
    assertThat(said)
        .startsWith("OpenVINO cannot be used: no libopenvino_c.so was found; looked at: ")
        .contains("OPENVINO_HOME=/no/such: there is no libopenvino_c.so")
        .contains("INTEL_OPENVINO_DIR is not set", "the jar of natives has no libopenvino_c.so")
        .contains("/usr/lib*, /usr/local/lib, /opt/intel/openvino*: none there")
        .contains("wheels of Python in [/no/venv, " + folder + "/.local, /usr/local, /usr]")
        .endsWith(NEXT_STEP);
  }

  @Test
  void shouldTakeTheJarWhenTheHomeIsNonsense() throws Exception {
    assertAnswers(
        run(Map.of("OPENVINO_HOME", "/no/such", "INTEL_OPENVINO_DIR", " "), natives()),
        new OvProvider().version());
  }

  @Test
  void shouldTakeTheHomesReleaseAndNoOther() throws Exception {
    Path cache = Path.of("..", "..", ".cache", "openvino").toAbsolutePath().normalize();
    List<Path> older = new ArrayList<>();
    if (Files.isDirectory(cache)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(cache, "2024.*")) {
        found.forEach(older::add);
      }
    }
    assumeTrue(!older.isEmpty(), "skipped: no wheel of 2024 in .cache/openvino");
    assertAnswers(run(Map.of("OPENVINO_HOME", older.get(0).toString()), natives()), "2024.");
    assertAnswers(run(Map.of(), natives(), "-Davocet.openvino.library=" + older.get(0)), "2024.");
    try (DirectoryStream<Path> core =
        Files.newDirectoryStream(older.get(0).resolve("libs"), "libopenvino.so.*")) {
      assertAnswers(run(Map.of(), natives(), "-Dtest.load=" + core.iterator().next()), "2024.");
    }
  }

  @Test
  void shouldUseTheOpenVinoThatTheProcessHas() throws Exception {
    Path library = OvFile.libraries(natives().resolve(PACKAGE)).get(0);
    assertAnswers(
        run(
            Map.of(),
            natives(),
            "-Dtest.load=" + library,
            "-Davocet.openvino.library=/no/such/lib.so"),
        new OvProvider().version());
  }

  @Test
  void shouldSayThatTheNamedPathHasNoLibrary() throws Exception {
    for (String path : List.of("/no/such/lib.so", folder.toString())) {
      assertThat(run(Map.of(), natives(), "-Davocet.openvino.library=" + path))
          .contains("avocet.openvino.library=" + path + ": there is no such file, or folder with")
          .endsWith(NEXT_STEP);
    }
  }

  @Test
  void shouldSayWhatIsWrongWithTheNamedFile() throws Exception {
    Path text = Files.writeString(folder.resolve("lib.so"), "no library");
    assertThat(run(Map.of(), natives(), "-Davocet.openvino.library=" + text))
        .contains(text + " cannot be loaded: it is no library")
        .endsWith(NEXT_STEP);
  }

  @Test
  void shouldNameTheArchitectures() throws Exception {
    boolean intel = Loader.getPlatform().equals("linux-x86_64");
    ByteBuffer elf = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    elf.putShort(16, (short) 3).putShort(18, (short) (intel ? 183 : 62)).putInt(20, 1);
    Path library = Files.write(folder.resolve("libopenvino_c.so"), elf.array());
    assertThat(run(Map.of(), natives(), "-Davocet.openvino.library=" + folder))
        .contains(
            "%s cannot be loaded: it is for %s, and this is %s"
                .formatted(library, intel ? "linux-arm64" : "linux-x86_64", Loader.getPlatform()))
        .endsWith(NEXT_STEP);
  }

  @Test
  void shouldRefuseALibraryWithoutTheFunctions() throws Exception {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libprefs.so");
    assertThat(run(Map.of(), natives(), "-Davocet.openvino.library=" + library))
        .startsWith(
            "OpenVINO cannot be used: "
                + library
                + " is no C library of OpenVINO 2024.4 or later: it has no ov_available_devices_free and lacks ")
        .endsWith(NEXT_STEP);
  }

  @Test
  void shouldRunOnOneThreadWhenPinnedToOneCore() throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/taskset")), "skipped: there is no taskset");
    String cores =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("Cpus_allowed_list:"))
            .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
            .findFirst()
            .orElseThrow();
    assertThat(run(List.of("taskset", "-c", cores), Map.of(), natives()))
        .endsWith("on CPU, 1 threads answers 9.0");
  }

  @Test
  void shouldRefuseDamagedFilesWithoutACrashOrAWord() throws Exception {
    Path output = folder.resolve("output");
    OtherJvm.Result result =
        OtherJvm.run(
            output,
            List.of("-Xmx128m", "-XX:-CreateCoredumpOnCrash"),
            OvChild.class,
            folder.toString());
    assertThat(result.output()).matches("of \\d{3} damaged files most were refused\\s*");
    assertThat(result.exitCode()).isZero();
  }
}
