package dev.avocet.net.openvino;

import dev.avocet.testing.EngineFilesContract;

class OvFilesTest extends EngineFilesContract {
  OvFilesTest() {
    super(new OvProvider());
  }
}
