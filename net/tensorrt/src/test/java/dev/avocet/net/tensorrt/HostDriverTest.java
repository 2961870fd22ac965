package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@HostCuda
class HostDriverTest {
  private static final Pattern IMPORT =
      Pattern.compile("import static org\\.bytedeco\\.cuda\\.global\\.cudart\\.(cu[A-Z]\\w+);");

  /** Times are read by the bench and tests only, under another name in each line of CUDA. */
  private static final Set<String> ELSEWHERE = Set.of("cuEventElapsedTime");

  @Test
  void shouldHaveEveryFunctionThatIsLookedFor() {
    assertThat(NvidiaFunctions.missing(NvidiaFunctions.DRIVER)).isEmpty();
  }

  @Test
  void shouldLookForEveryFunctionThatIsCalled() throws IOException {
    Set<String> called = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      for (Path source : sources) {
        Matcher matcher = IMPORT.matcher(Files.readString(source));
        while (matcher.find()) {
          called.add(matcher.group(1));
        }
      }
    }
    called.removeAll(ELSEWHERE);
    assertThat(called).contains("cuInit", "cuStreamCreate");
    Set<String> known = new TreeSet<>();
    NvidiaFunctions.DRIVER.forEach(name -> known.add(name.replaceAll("(_v\\d|WithFlags)$", "")));
    assertThat(known).containsAll(called);
  }
}
