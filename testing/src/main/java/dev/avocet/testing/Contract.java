package dev.avocet.testing;

import dev.avocet.core.Device;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of engines have in common: the engine, without which they are skipped. */
abstract class Contract {
  final NetProvider provider;
  final Device device;

  Contract(NetProvider provider, Device device) {
    this.provider = provider;
    this.device = device;
  }

  /** What this engine has to be told of a network beside the network itself: nothing. */
  protected NetOptions options(TinyOnnx onnx) {
    return NetOptions.DEFAULT;
  }

  /** Opens a network on the device that this is about. */
  final Net open(TinyOnnx onnx) {
    return TinyNets.open(provider, onnx.build(), device, options(onnx));
  }

  @BeforeEach
  void skipWithoutTheEngine() {
    EngineUnderTest.require(provider);
  }
}
