package dev.avocet.net.openvino;

import dev.avocet.testing.EngineContract;

class OvNetTest extends EngineContract {
  OvNetTest() {
    super(new OvProvider());
  }
}
