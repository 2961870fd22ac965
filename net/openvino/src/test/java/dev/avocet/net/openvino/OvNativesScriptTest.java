package dev.avocet.net.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.internal.EmptyLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the script {@code natives} says where it leaves OpenVINO out of the build. */
class OvNativesScriptTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("avocet.root"), "net/openvino/natives");

  @TempDir Path folder;

  @BeforeEach
  void compiler() {
    // The script's first question is for one.
    assumeTrue(OvPacked.absence().isEmpty(), () -> OvPacked.absence().orElse(""));
  }

  private String leftOut(String platform, Map<String, String> environment)
      throws IOException, InterruptedException {
    String out = folder.resolve("out").toString();
    Path lib = folder.resolve("lib");
    List<String> command =
        List.of(
            SCRIPT.toString(),
            "gather",
            "2026.4.1",
            platform,
            out,
            lib.toString(),
            folder.resolve("cache").toString(),
            "true");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(lib).isDirectoryContaining("glob:**/left-out");
    return Files.readString(lib.resolve("left-out"));
  }

  @Test
  void shouldNameTheFolderWhereThereIsNone() throws IOException, InterruptedException {
    assertThat(leftOut(Loader.getPlatform(), Map.of("OPENVINO_HOME", folder.toString())))
        .isEqualTo(
            "OPENVINO_HOME or INTEL_OPENVINO_DIR is %s: there is no OpenVINO 2024.4 or later with its C headers\n"
                .formatted(folder));
  }

  @Test
  void shouldRefuseWhatIsTooOld() throws IOException, InterruptedException {
    Path headers = Files.createDirectories(folder.resolve("old/include/openvino/c"));
    Files.createFile(headers.resolve("openvino.h"));
    Path libs = Files.createDirectories(folder.resolve("old/libs"));
    Files.createFile(libs.resolve("libopenvino_c.so.2330"));
    assertThat(
            leftOut(
                Loader.getPlatform(), Map.of("OPENVINO_HOME", folder.resolve("old").toString())))
        .contains("OpenVINO 2023.3.0 in " + libs + " is too old, 2024.4 or later is needed");
  }

  @Test
  void shouldRefuseWhatIsForAnotherMachine() throws IOException, InterruptedException {
    Path headers = Files.createDirectories(folder.resolve("other/include/openvino/c"));
    Files.createFile(headers.resolve("openvino.h"));
    Path libs = Files.createDirectories(folder.resolve("other/libs"));
    boolean intel = Loader.getPlatform().equals("linux-x86_64");
    Files.write(
        libs.resolve("libopenvino_c.so.2641"),
        EmptyLibrary.bytes(intel ? "linux-arm64" : "linux-x86_64", "libopenvino_c.so.2641"));
    assertThat(
            leftOut(
                Loader.getPlatform(), Map.of("OPENVINO_HOME", folder.resolve("other").toString())))
        .contains("OpenVINO in " + libs + " is not for " + (intel ? "x86_64" : "aarch64"));
  }

  @Test
  void shouldLeaveItOutOfABuildForAnotherPlatform() throws IOException, InterruptedException {
    assertThat(leftOut("linux-other", Map.of()))
        .contains("the build is for linux-other on a machine of " + Loader.getPlatform());
    // Nothing that could be installed would change that.
    assertThat(folder.resolve("out/tools")).doesNotExist();
  }
}
