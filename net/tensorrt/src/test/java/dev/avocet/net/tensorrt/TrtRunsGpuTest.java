package dev.avocet.net.tensorrt;

import dev.avocet.core.net.NetOptions;
import dev.avocet.testing.EngineRunsContract;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.TinyOnnx;

@NeedsGpu
class TrtRunsGpuTest extends EngineRunsContract {
  TrtRunsGpuTest() {
    super(new TrtProvider(), OnGpu.GPU);
  }

  @Override
  protected NetOptions options(TinyOnnx onnx) {
    return OnGpu.options(onnx);
  }
}
