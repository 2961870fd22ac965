package dev.avocet.net.openvino;

import dev.avocet.testing.PublishedGoldenContract;

class OvPublishedGoldenTest extends PublishedGoldenContract {
  OvPublishedGoldenTest() {
    super(new OvProvider(), 1e-5f);
  }
}
