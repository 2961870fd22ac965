package dev.avocet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody with a copy of the models and examples, a shell and a Maven whose local repository holds
 * what was installed and nothing else. Everything else comes from the repository that this build
 * fills, as from a remote one, so that nothing is fetched twice and nothing of ours gets into it.
 */
final class User {
  private static final String SETTINGS =
      """
      <settings>
        <profiles>
          <profile>
            <id>seed</id>
            <repositories>%1$s</repositories>
            <pluginRepositories>%2$s</pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles>
          <activeProfile>seed</activeProfile>
        </activeProfiles>
      </settings>
      """;

  /** Compiling to the full does not pay in builds as short as these. */
  private static final String MVN =
      """
      #!/bin/sh
      export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC $MAVEN_OPTS"
      exec '%s/bin/mvn' -B -ntp -Dstyle.color=never -s '%s' -Dmaven.repo.local='%s' "$@"
      """;

  private static final String SEED =
      "<id>seed</id><url>%s</url><snapshots><enabled>false</enabled></snapshots>";

  private final Path home;

  private User(Path home) {
    this.home = home;
  }

  /** What the shell answered. */
  record Answer(int exitCode, String out, String err) {}

  /** Sets a home up in {@code home}, an empty folder. */
  static User create(Path home) throws IOException {
    Path seed = Path.of(System.getProperty("avocet.maven.repository"));
    String repository = SEED.formatted(seed.toUri());
    Files.writeString(
        home.resolve("settings.xml"),
        SETTINGS.formatted(
            "<repository>" + repository + "</repository>",
            "<pluginRepository>" + repository + "</pluginRepository>"));
    Path mvn = Files.createDirectories(home.resolve("bin")).resolve("mvn");
    Files.writeString(
        mvn,
        MVN.formatted(
            System.getProperty("avocet.maven.home"),
            home.resolve("settings.xml"),
            System.getProperty("avocet.user.repository")));
    assertThat(mvn.toFile().setExecutable(true)).isTrue();
    User user = new User(home);
    user.copy("examples/media");
    user.copy("models");
    return user;
  }

  /** Where the copy of the sources is. */
  Path sources() {
    return home.resolve("avocet");
  }

  /** Copies a folder of the sources, without what was built there, and says where it is now. */
  Path copy(String name) throws IOException {
    Path from = Page.root().resolve(name);
    Path to = sources().resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = from.relativize(file);
        if (!relative.startsWith("target")) {
          Path copy = to.resolve(relative);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    return to;
  }

  /** Runs a script in a folder and asserts that it goes well. */
  Answer run(Path folder, String script) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-euc", script));
    builder.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    String java = System.getProperty("java.home");
    builder.environment().put("JAVA_HOME", java);
    builder
        .environment()
        .merge("PATH", home.resolve("bin") + ":" + java + "/bin", (old, own) -> own + ":" + old);
    Process process = builder.start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("not done after 10 minutes: " + script);
    }
    // Some Mavens reset the terminal's colours even where they use none.
    String printed = Files.readString(out).replace("\033[0m", "");
    Answer answer = new Answer(process.exitValue(), printed, Files.readString(err));
    assertThat(answer.exitCode()).as(script + "\n" + answer).isZero();
    return answer;
  }
}
