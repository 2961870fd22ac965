package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the scripts at the root find a JDK. */
@Tag("engineless")
class ScriptsTest {
  @TempDir Path folder;

  private Path java(String name, String version, String program) throws IOException {
    Path home = folder.resolve(name);
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    for (String file : List.of("java", program)) {
      Files.writeString(bin.resolve(file), "#!/bin/sh\n");
      assertThat(bin.resolve(file).toFile().setExecutable(true)).isTrue();
    }
    return home;
  }

  private Cli.Result bash(Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    String line = "set -euo pipefail; . " + Cli.root().resolve("tools/jdk.sh") + "; " + script;
    return Cli.start(folder, List.of("bash", "-c", line), environment);
  }

  @Test
  void shouldReadReleasesOldAndNew() throws IOException, InterruptedException {
    String[][] cases = {{"1.8.0_402", "8"}, {"17.0.15", "17"}, {"25", "25"}, {"26-ea", "26"}};
    for (String[] one : cases) {
      Path home = java("v" + one[1], one[0], "javac");
      assertThat(bash(Map.of(), "java_release " + home).out()).isEqualTo(one[1]);
    }
    assertThat(bash(Map.of(), "java_release " + folder).out()).isEqualTo("0");
  }

  @Test
  void shouldPreferTheNamedJavaAndPassOverOldOnesAndOnesWithoutACompiler()
      throws IOException, InterruptedException {
    Path old = java("old", "11.0.2", "javac");
    Path withoutCompiler = java("jre", "21.0.1", "jfr");
    Path good = java("good", "21.0.1", "javac");
    Path other = java("other", "17.0.1", "javac");
    Map<String, String> both =
        Map.of("AVOCET_JAVA_HOME", good.toString(), "JAVA_HOME", other.toString());
    assertThat(bash(both, "find_jdk 17 javac").out()).isEqualTo(good.toString());
    Map<String, String> oldFirst =
        Map.of("AVOCET_JAVA_HOME", old.toString(), "JAVA_HOME", other.toString());
    assertThat(bash(oldFirst, "find_jdk 17 javac").out()).isEqualTo(other.toString());
    Map<String, String> jreFirst =
        Map.of("AVOCET_JAVA_HOME", withoutCompiler.toString(), "JAVA_HOME", good.toString());
    assertThat(bash(jreFirst, "find_jdk 17 javac").out()).isEqualTo(good.toString());
    assertThat(bash(jreFirst, "find_jdk 17 java").out()).isEqualTo(withoutCompiler.toString());
  }

  @Test
  void shouldSayWhatToTypeWhereItCannotInstall() throws IOException, InterruptedException {
    Cli.Result user = bash(Map.of(), "id() { echo 1000; }; install_packages Maven maven");
    assertThat(user.exitCode()).isEqualTo(1);
    assertThat(user.err()).contains("Maven is missing; install it with");
  }
}
