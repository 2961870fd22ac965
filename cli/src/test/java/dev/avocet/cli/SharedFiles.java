package dev.avocet.cli;

import dev.avocet.testing.SharedFolder;

/** Files of the shared folder as the command line takes them. */
final class SharedFiles {
  private SharedFiles() {}

  /** A real network with the exporter's files. */
  static String model(String name) {
    return SharedFolder.resolve("assets/sdk-models/" + name).toString();
  }

  /** A file of a conformance case, such as its small model. */
  static String ofCase(String name, String part) {
    return SharedFolder.resolve("conformance/cases/" + name + "/" + part).toString();
  }

  static String picture(String name) {
    return SharedFolder.resolve("assets/images/" + name).toString();
  }
}
