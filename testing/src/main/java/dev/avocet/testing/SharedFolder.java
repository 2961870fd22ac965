package dev.avocet.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of models, pictures and answers that lies outside of the repository. */
public final class SharedFolder {
  private SharedFolder() {}

  /**
   * A file or folder in it, which is there; where it is not, the test is skipped, and fails with
   * the environment's CI=true.
   */
  public static Path resolve(String name) {
    Path path = Path.of(System.getProperty("avocet.shared")).resolve(name);
    boolean there = Files.exists(path);
    if (!there && EngineUnderTest.inCi()) {
      throw new AssertionError("CI has to have " + path);
    }
    assumeTrue(there, () -> "skipped: there is no " + path + " (-Dshared.dir=DIR)");
    return path;
  }
}
