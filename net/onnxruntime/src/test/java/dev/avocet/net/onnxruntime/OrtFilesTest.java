package dev.avocet.net.onnxruntime;

import dev.avocet.testing.EngineFilesContract;

class OrtFilesTest extends EngineFilesContract {
  OrtFilesTest() {
    super(new OrtProvider());
  }
}
