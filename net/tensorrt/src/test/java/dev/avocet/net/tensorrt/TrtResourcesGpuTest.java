package dev.avocet.net.tensorrt;

import dev.avocet.core.net.NetOptions;
import dev.avocet.testing.EngineResourcesContract;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.TinyOnnx;

@NeedsGpu
class TrtResourcesGpuTest extends EngineResourcesContract {
  TrtResourcesGpuTest() {
    super(new TrtProvider(), OnGpu.GPU, 10);
  }

  @Override
  protected NetOptions options(TinyOnnx onnx) {
    return OnGpu.options(onnx);
  }
}
