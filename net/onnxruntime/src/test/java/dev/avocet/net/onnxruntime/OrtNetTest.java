package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.net.Net;
import dev.avocet.testing.EngineContract;
import dev.avocet.testing.TinyNets;
import org.junit.jupiter.api.Test;

class OrtNetTest extends EngineContract {
  OrtNetTest() {
    super(new OrtProvider());
  }

  @Test
  void shouldSayWhatRunsTheNetwork() {
    try (Net net = TinyNets.open(new OrtProvider(), TinyNets.affine(2))) {
      assertThat(net.description()).startsWith("ONNX Runtime 1.").contains("cpu", "threads");
    }
  }
}
