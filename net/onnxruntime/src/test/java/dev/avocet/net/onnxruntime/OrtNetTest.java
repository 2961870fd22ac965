package dev.avocet.net.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.net.Net;
import dev.avocet.testing.EngineContract;
import dev.avocet.testing.TinyNets;
import dev.avocet.testing.TinyOnnx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"11,FLOAT64", "8,STRING", "5,INT16"})
  void shouldNameTheTypeThatItRefuses(int code, String name) {
    TinyOnnx onnx =
        new TinyOnnx()
            .input("odd", code, 2)
            .node("Identity", new String[] {"odd"}, "y")
            .output("y", code, 2);
    assertThat(TinyNets.failure(() -> TinyNets.open(new OrtProvider(), onnx).close()))
        .hasMessageContaining("input \"odd\" is " + name);
  }
}
