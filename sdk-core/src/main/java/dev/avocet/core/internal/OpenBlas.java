package dev.avocet.core.internal;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
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
        && EmptyLibrary.inLibraryPath(BINDING).isEmpty();
  }

  private static void load() {
    URL[] library = {url(EmptyLibrary.unpack(FILE))};
    for (String name : LOADED) {
      Loader.loadLibrary(Loader.class, library, name);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("every JDK knows the scheme file:", e);
    }
  }

  private static boolean isResource(String name) {
    return OpenBlas.class.getResource(name) != null;
  }
}
