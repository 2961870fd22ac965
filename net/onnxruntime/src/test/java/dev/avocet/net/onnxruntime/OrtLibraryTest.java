package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.testing.OtherJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading, in JVMs of their own. */
class OrtLibraryTest {
  @TempDir Path folder;

  private Process start(String... options) throws IOException {
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    List<String> all =
        new ArrayList<>(
            List.of(
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    all.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(OtherJvm.command(all, OrtChild.class)).redirectErrorStream(true);
    builder.environment().put("TMPDIR", temporary.toString());
    return builder.start();
  }

  private static String output(Process process) throws Exception {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text.strip();
  }

  @Test
  void shouldUnpackTwoLibrariesOnceAndPrintNothing() throws Exception {
    Process one = start();
    Process two = start();
    String version = new OrtProvider().version();
    assertThat(output(one)).isEqualTo(version + " answers 9.0");
    assertThat(output(two)).isEqualTo(version + " answers 9.0");
    try (Stream<Path> left = Files.walk(folder.resolve("tmp"))) {
      assertThat(left).containsExactly(folder.resolve("tmp"));
    }
    try (Stream<Path> unpacked = Files.walk(folder.resolve("cache"))) {
      assertThat(unpacked.filter(f -> !Files.isDirectory(f)).map(f -> f.getFileName().toString()))
          .filteredOn(name -> name.contains("onnx"))
          .containsExactlyInAnyOrder("libonnxruntime.so", "libjnionnxruntime.so");
    }
  }

  @Test
  void shouldSayWhereItLookedWhenTheNamedLibraryIsMissing() throws Exception {
    assertThat(output(start("-Davocet.onnxruntime.library=/no/such/lib.so")))
        .contains("avocet.onnxruntime.library=/no/such/lib.so: there is no such file");
  }

  @Test
  void shouldSayWhyTheNamedLibraryDoesNotLoad() throws Exception {
    Path library = Files.writeString(folder.resolve("lib.so"), "no library");
    assertThat(output(start("-Davocet.onnxruntime.library=" + library)))
        .contains(library + " cannot be loaded: ");
  }

  @Test
  void shouldSayWhyTheNamedLibraryIsNoOnnxRuntime() throws Exception {
    Path library = Path.of(System.getProperty("java.home"), "lib", "libprefs.so");
    assertThat(output(start("-Davocet.onnxruntime.library=" + library)))
        .startsWith("ONNX Runtime cannot be used: the binding ")
        .contains("does not load on " + library)
        .contains("libonnxruntime.so.1");
  }
}
