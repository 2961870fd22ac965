package dev.avocet.net.openvino;

import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** What a test runs in a JVM of its own: one answer of a model, with a cache. */
final class OvCacheChild {
  private OvCacheChild() {}

  public static void main(String[] args) {
    try (Net net =
            OvCacheTest.open(
                ModelFiles.directory(Path.of(args[0])), Map.of("cache_dir", args[1]), "CPU");
        NetSlot slot = net.slot()) {
      System.out.println(Arrays.toString(OvCacheTest.run(slot, 3)));
    }
  }
}
