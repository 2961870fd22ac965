package dev.avocet.core.internal;

import java.nio.file.Path;
import java.util.Locale;

/** How JavaCPP, which loads the native libraries, is to behave. */
public final class Natives {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxBytes";
  private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxPhysicalBytes";

  private Natives() {}

  /**
   * Names the folder that native libraries are unpacked to, unless the application has named one by
   * JavaCPP's system property: {@code $XDG_CACHE_HOME/avocet/natives}, else {@code
   * ~/.cache/avocet/natives}. Everything that uses a native library calls this first. Safe from any
   * thread, any number of times.
   *
   * <p>Lifts JavaCPP's limits on native memory too, unless the application has set them: by default
   * it throws an OutOfMemoryError once the process is larger than four times the Java heap may be,
   * which a network beside a small heap is. And keeps OpenBLAS out of the process where the
   * application does not bring it.
   *
   * @throws LinkageError if a native library can neither be found nor written into that folder
   */
  public static void prepare() {
    limit(MAX_BYTES);
    limit(MAX_PHYSICAL_BYTES);
    if (System.getProperty(CACHE) == null) {
      System.setProperty(CACHE, cacheFolder().resolve("natives").toString());
    }
    OpenBlas.standIn();
  }

  /**
   * Where Avocet keeps what it can make again: {@code $XDG_CACHE_HOME/avocet}, else {@code
   * ~/.cache/avocet}. It need not be there.
   */
  public static Path cacheFolder() {
    String base = System.getenv("XDG_CACHE_HOME");
    // A relative path there is to be ignored, says the XDG base directory specification.
    Path cache =
        base != null && base.startsWith("/")
            ? Path.of(base)
            : Path.of(System.getProperty("user.home"), ".cache");
    return cache.resolve("avocet");
  }

  /** Zero is no limit; JavaCPP reads either spelling. */
  private static void limit(String property) {
    if (System.getProperty(property) == null
        && System.getProperty(property.toLowerCase(Locale.ROOT)) == null) {
      System.setProperty(property, "0");
    }
  }
}
