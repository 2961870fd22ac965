package dev.avocet.net.onnxruntime;

import dev.avocet.testing.EngineResourcesContract;

class OrtResourcesTest extends EngineResourcesContract {
  OrtResourcesTest() {
    super(new OrtProvider(), 200);
  }
}
