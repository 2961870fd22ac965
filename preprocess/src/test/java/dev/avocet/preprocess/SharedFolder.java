package dev.avocet.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of models and answers that lies outside of the repository. */
final class SharedFolder {
  private SharedFolder() {}

  /** A part of it; without the folder the test is skipped, or fails where CI=true. */
  static Path part(String name) {
    Path part = Path.of(System.getProperty("avocet.shared", "../../shared")).resolve(name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(part).exists();
    }
    assumeTrue(Files.exists(part), () -> "skipped: " + part + " is not here (-Dshared.dir=DIR)");
    return part;
  }
}
