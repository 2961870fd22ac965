package dev.avocet.net.tensorrt;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * What the build packs: the library of {@link TrtGlue}, in a jar of natives, or as a file in a
 * folder of {@code java.library.path}, as in an archive of {@code dist/build}.
 */
final class TrtPacked {
  private static final String LIBRARY = "libjniavocettensorrt.so";

  private TrtPacked() {}

  /** Why the library is not there, with what to do; empty where it is. */
  static Optional<String> absence() {
    if (inLibraryPath() || TrtPacked.class.getResource(path(LIBRARY)) != null) {
      return Optional.empty();
    }
    try (InputStream reason = TrtPacked.class.getResourceAsStream(path("left-out"))) {
      return Optional.of(
          reason == null
              ? "Avocet's own library for TensorRT is not on the class path: add the jar dev.avocet:avocet-net-tensorrt with classifier "
                  + Loader.getPlatform()
              : "TensorRT was left out of this build, "
                  + new String(reason.readAllBytes(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new UnsatisfiedLinkError("the jar of natives cannot be read: " + e);
    }
  }

  private static boolean inLibraryPath() {
    return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .anyMatch(folder -> !folder.isEmpty() && new File(folder, LIBRARY).isFile());
  }

  private static String path(String name) {
    return "/dev/avocet/net/tensorrt/" + Loader.getPlatform() + "/" + name;
  }
}
