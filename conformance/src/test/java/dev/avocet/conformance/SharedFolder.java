package dev.avocet.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of shared assets; without it a test is skipped, with CI=true it fails. */
final class SharedFolder {
  private SharedFolder() {}

  static Path cases() {
    Path shared = Path.of(System.getProperty("avocet.shared"));
    Path cases = shared.resolve("conformance/cases");
    boolean there = Files.isDirectory(cases);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI has to have the shared folder at " + shared);
    }
    assumeTrue(there, "skipped: there is no shared folder at " + shared);
    return cases;
  }
}
