package dev.avocet.net.openvino;

import dev.avocet.testing.EngineResourcesContract;

class OvResourcesTest extends EngineResourcesContract {
  OvResourcesTest() {
    super(new OvProvider(), 50);
  }
}
