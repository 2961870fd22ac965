package dev.avocet.core.internal;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import org.bytedeco.javacpp.Loader;

/**
 * Lets OpenCV load without OpenBLAS. bytedeco's libopencv_core names libopenblas.so.0 as needed, 62
 * MB with its binding, for 18 functions that only large matrix products and decompositions reach
 * (docs/footprint.md lists them). An {@link EmptyLibrary} takes that name, unless the application
 * brings bytedeco's OpenBLAS itself, on the class path or in {@code java.library.path}.
 */
final class OpenBlas {
  /** The name that libopencv_core needs. */
  private static final String FILE = "libopenblas.so.0";

  /** bytedeco's binding of it, without which JavaCPP does not load OpenCV. */
  private static final String BINDING = "libjniopenblas.so";

  /** What JavaCPP loads before OpenCV, each by the name it remembers it by. */
  private static final String[] LOADED = {
    "openblas_nolapack@.0", "jniopenblas_nolapack", "openblas@.0", "jniopenblas"
  };

  private static boolean done;

  private OpenBlas() {}

  /**
   * Loads the empty library, if OpenCV is on the class path and OpenBLAS is not, and tells JavaCPP
   * that its libraries of that name are loaded.
   *
   * @throws UnsatisfiedLinkError if the file cannot be written into JavaCPP's cache
   */
  static synchronized void standIn() {
    if (done) {
      return;
    }
    if (wanted()) {
      load();
    }
    done = true;
  }

  private static boolean wanted() {
    String platform = Loader.getPlatform();
    return EmptyLibrary.knows(platform)
        && isResource("/org/bytedeco/opencv/presets/opencv_core.class")
        && !isResource("/org/bytedeco/openblas/" + platform + "/" + BINDING)
        && !isInLibraryPath();
  }

  private static void load() {
    try {
      URL library = EmptyLibrary.unpack(FILE).toUri().toURL();
      for (String name : LOADED) {
        Loader.loadLibrary(Loader.class, new URL[] {library}, name);
      }
    } catch (IOException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(FILE + " cannot be written into the cache of natives: " + e);
      error.initCause(e);
      throw error;
    }
  }

  private static boolean isResource(String name) {
    return OpenBlas.class.getResource(name) != null;
  }

  private static boolean isInLibraryPath() {
    String path = System.getProperty("java.library.path", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> !folder.isEmpty() && new File(folder, BINDING).isFile());
  }
}
