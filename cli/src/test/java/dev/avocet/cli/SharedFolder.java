package dev.avocet.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of shared assets; without it a test is skipped, with CI=true it fails. */
final class SharedFolder {
  private SharedFolder() {}

  private static String file(String name) {
    Path shared = Path.of(System.getProperty("avocet.shared"));
    boolean there = Files.exists(shared.resolve(name));
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI has to have " + shared.resolve(name));
    }
    assumeTrue(there, "skipped: there is no " + shared.resolve(name));
    return shared.resolve(name).toString();
  }

  /** A real network with the exporter's files. */
  static String model(String name) {
    return file("assets/sdk-models/" + name);
  }

  /** A file of a conformance case, such as its small model. */
  static String ofCase(String name, String part) {
    return file("conformance/cases/" + name + "/" + part);
  }

  static String picture(String name) {
    return file("assets/images/" + name);
  }
}
