package dev.avocet.core.internal;

import java.nio.file.Path;

/** Where unpacked native libraries go. */
public final class Natives {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";

  private Natives() {}

  /**
   * Names the folder that native libraries are unpacked to, unless the application has named one by
   * JavaCPP's system property: {@code $XDG_CACHE_HOME/avocet/natives}, else {@code
   * ~/.cache/avocet/natives}. Everything that uses a native library calls this first. Safe from any
   * thread, any number of times.
   */
  public static void prepare() {
    if (System.getProperty(CACHE) == null) {
      String base = System.getenv("XDG_CACHE_HOME");
      // A relative path there is to be ignored, says the XDG base directory specification.
      Path cache =
          base != null && base.startsWith("/")
              ? Path.of(base)
              : Path.of(System.getProperty("user.home"), ".cache");
      System.setProperty(CACHE, cache.resolve("avocet").resolve("natives").toString());
    }
  }
}
