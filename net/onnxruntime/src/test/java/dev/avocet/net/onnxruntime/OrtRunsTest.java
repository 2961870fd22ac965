package dev.avocet.net.onnxruntime;

import dev.avocet.testing.EngineRunsContract;

class OrtRunsTest extends EngineRunsContract {
  OrtRunsTest() {
    super(new OrtProvider());
  }
}
