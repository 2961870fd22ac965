package dev.avocet.net.onnxruntime;

import dev.avocet.testing.PublishedGoldenContract;

class OrtPublishedGoldenTest extends PublishedGoldenContract {
  OrtPublishedGoldenTest() {
    super(new OrtProvider(), 0);
  }
}
