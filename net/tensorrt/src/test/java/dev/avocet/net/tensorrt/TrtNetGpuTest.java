package dev.avocet.net.tensorrt;

import dev.avocet.core.DataType;
import dev.avocet.core.net.NetOptions;
import dev.avocet.testing.EngineContract;
import dev.avocet.testing.NeedsGpu;
import dev.avocet.testing.TinyOnnx;
import java.util.Set;

@NeedsGpu
class TrtNetGpuTest extends EngineContract {
  TrtNetGpuTest() {
    super(new TrtProvider(), OnGpu.GPU);
  }

  @Override
  protected NetOptions options(TinyOnnx onnx) {
    return OnGpu.options(onnx);
  }

  /** TensorRT takes whole bytes only where they are converted, or are quantised values. */
  @Override
  protected boolean carries(DataType type) {
    return !Set.of(DataType.UINT8, DataType.INT8).contains(type);
  }

  /** Its parser refuses such a network in its own words. */
  @Override
  protected boolean namesOtherTypes() {
    return false;
  }
}
