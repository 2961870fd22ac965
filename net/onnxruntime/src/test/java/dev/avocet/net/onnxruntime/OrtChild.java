package dev.avocet.net.onnxruntime;

import dev.avocet.core.Shape;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import dev.avocet.testing.TinyNets;

/** What a test runs in a JVM of its own: one run, or why there is no engine. */
final class OrtChild {
  private OrtChild() {}

  public static void main(String[] args) {
    OrtProvider provider = new OrtProvider();
    if (provider.unavailable().isPresent()) {
      System.out.println(provider.unavailable().get());
      return;
    }
    try (Net net = TinyNets.open(provider, TinyNets.affine(2));
        NetSlot slot = net.slot()) {
      slot.input(0, Shape.of(2)).floats().put(0, 3).put(1, 4);
      slot.run();
      System.out.println(provider.version() + " answers " + slot.output(0).floats().get(1));
    }
  }
}
