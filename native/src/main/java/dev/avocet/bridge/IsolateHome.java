package dev.avocet.bridge;

import java.nio.file.Path;
import org.graalvm.nativeimage.ProcessProperties;

/**
 * Tells an isolate where its native libraries are, as {@code -D} tells a JVM: in the folder {@code
 * natives} beside the library, from where they are loaded as they lie.
 */
final class IsolateHome {
  private static volatile boolean prepared;

  private IsolateHome() {}

  /** Has to come before the first use of JavaCPP's Loader. Safe from any thread. */
  static void prepare() {
    if (!prepared) {
      Path library = Path.of(ProcessProperties.getObjectFile("avocet_isolate_create"));
      Path natives = library.toAbsolutePath().resolveSibling("natives");
      System.setProperty("java.library.path", natives.toString());
      System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
      System.setProperty("org.bytedeco.javacpp.cacheLibraries", "false");
      System.setProperty(
          "avocet.onnxruntime.library", natives.resolve("libonnxruntime.so").toString());
      prepared = true;
    }
  }
}
