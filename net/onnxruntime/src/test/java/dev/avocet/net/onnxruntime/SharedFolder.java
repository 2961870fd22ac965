package dev.avocet.net.onnxruntime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of shared assets; without it a test is skipped, with CI=true it fails. */
final class SharedFolder {
  private SharedFolder() {}

  static Path resolve(String name) {
    Path path = Path.of(System.getProperty("avocet.shared")).resolve(name);
    boolean there = Files.exists(path);
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI has to have " + path);
    }
    assumeTrue(there, "skipped: there is no " + path);
    return path;
  }
}
