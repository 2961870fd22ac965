package dev.avocet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.testing.EngineUnderTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: its streams, and what it does to the machine. */
class ProcessTest {
  @TempDir Path folder;

  @Test
  void shouldWriteJsonAloneOnStandardOutputUnderAnyLocale()
      throws IOException, InterruptedException {
    List<String> german = List.of("-Duser.language=de", "-Duser.country=DE");
    Path umlaut = folder.resolve("Päckchen.jpg");
    Files.copy(Path.of(Cli.picture(1)), umlaut);
    Map<String, String> utf8 = Map.of("LC_ALL", "C.UTF-8");
    Cli.Result json =
        Cli.start(
            folder,
            Cli.command(german, "detect", "--verbose", "--json", "Päckchen.jpg", "no.jpg"),
            utf8);
    assertThat(json.exitCode()).as(json.toString()).isEqualTo(4);
    assertThat(json.outLines()).hasSize(2).allMatch(l -> l.startsWith("{\"input\":\""));
    assertThat(json.out()).contains("\"input\":\"Päckchen.jpg\"");
    Cli.Result table =
        Cli.start(folder, Cli.command(german, "detect", "--score", "0.05", "Päckchen.jpg"), utf8);
    assertThat(table.exitCode()).isZero();
    assertThat(table.err()).isEmpty();
    assertThat(table.out()).containsPattern(" 0\\.\\d{3} ").doesNotContain("0,");
  }

  @Test
  void shouldShowATraceOnlyWhenAskedTo() throws IOException, InterruptedException {
    Cli.start(folder, Cli.command(List.of(), "detect", "-m", "none", "x.jpg"), Map.of())
        .assertFailed(3, "there is no model none");
    Cli.Result verbose =
        Cli.start(folder, Cli.command(List.of(), "--verbose", "info", "none"), Map.of());
    assertThat(verbose.exitCode()).isEqualTo(3);
    assertThat(verbose.err()).contains("\tat dev.avocet");
  }

  @Test
  void shouldOpenNoSocketAndLeaveNothingButItsCache() throws IOException, InterruptedException {
    String path = System.getenv("PATH");
    boolean strace = Stream.of(path.split(":", -1)).anyMatch(p -> new File(p, "strace").exists());
    assumeTrue(strace, "skipped: strace is not installed");
    Path home = Files.createDirectories(folder.resolve("home"));
    Path work = Files.createDirectories(folder.resolve("work"));

    // The first run unpacks the natives under a file lock, for which the JDK loads its network
    // code.
    List<String> first = traced(home, work);
    assertThat(first).noneMatch(call -> call.contains("connect(") && call.contains("AF_INET"));
    checkWhatIsMade(first, home, work);
    List<String> second = traced(home, work);
    assertThat(second).anyMatch(call -> call.contains("lib" + EngineUnderTest.name()));
    assertThat(second).filteredOn(call -> call.contains("AF_INET")).isEmpty();
    checkWhatIsMade(second, home, work);

    assertThat(work.toFile().list()).containsExactly("drawn.png");
    assertThat(home.toFile().list()).containsExactly(".cache");
    assertThat(home.resolve(".cache").toFile().list()).containsExactly("avocet");
  }

  private List<String> traced(Path home, Path work) throws IOException, InterruptedException {
    Path logs = Files.createTempDirectory(folder, "strace");
    // A log for each thread (-ff): in a common one, calls that overlap are torn apart.
    List<String> command = new ArrayList<>(List.of("strace", "-ff", "-qq", "-s", "300"));
    command.addAll(List.of("-o", logs.resolve("log").toString(), "-e"));
    command.add("trace=socket,connect,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2");
    command.addAll(
        Cli.command(List.of("-Duser.home=" + home), "detect", Cli.picture(1), "-o", "drawn.png"));
    Cli.Result result =
        Cli.start(work, command, Map.of("HOME", home.toString(), "XDG_CACHE_HOME", ""));
    assumeTrue(!result.err().contains("ptrace"), "skipped: strace may not trace here");
    assertThat(result.exitCode()).as(result.toString()).isZero();
    List<String> calls = new ArrayList<>();
    for (File log : logs.toFile().listFiles()) {
      calls.addAll(Files.readAllLines(log.toPath()));
    }
    return calls;
  }

  private static void checkWhatIsMade(List<String> calls, Path home, Path work) {
    Pattern made = Pattern.compile("O_CREAT|mkdir|creat\\(|rename");
    Pattern name = Pattern.compile("\"([^\"]*)\"");
    for (String call : calls) {
      if (made.matcher(call).find() && !call.contains(" = -1 ")) {
        Matcher file = name.matcher(call);
        assertThat(file.find()).as(call).isTrue();
        assertThat(work.resolve(file.group(1)))
            .as(call)
            .matches(p -> p.startsWith(work) || p.startsWith(home.resolve(".cache")));
      }
    }
  }
}
