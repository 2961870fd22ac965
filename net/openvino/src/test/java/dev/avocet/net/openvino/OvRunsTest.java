package dev.avocet.net.openvino;

import dev.avocet.testing.EngineRunsContract;

class OvRunsTest extends EngineRunsContract {
  OvRunsTest() {
    super(new OvProvider());
  }
}
