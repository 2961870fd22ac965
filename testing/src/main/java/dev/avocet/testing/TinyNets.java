package dev.avocet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import java.util.Map;

/** Networks of a few nodes, opened from memory under the name {@code tiny.onnx}. */
public final class TinyNets {
  private TinyNets() {}

  /** Opens on the processor. */
  public static Net open(NetProvider provider, TinyOnnx onnx) {
    return open(provider, onnx.build(), Device.CPU, NetOptions.DEFAULT);
  }

  /** Opens as asked for. */
  public static Net open(NetProvider provider, byte[] onnx, Device device, NetOptions options) {
    return provider.open(new MemoryFiles("tiny.onnx", onnx), "tiny.onnx", "", device, options);
  }

  /** One option of an engine. */
  public static NetOptions option(String key, String value) {
    return new NetOptions(1, Map.of(key, value));
  }

  /** y = 2 x + 1 on these extents. */
  public static TinyOnnx affine(long... dims) {
    return new TinyOnnx()
        .input("x", TinyOnnx.FLOAT, dims)
        .floats("two", new long[] {1}, 2)
        .floats("one", new long[] {1}, 1)
        .node("Mul", new String[] {"x", "two"}, "m")
        .node("Add", new String[] {"m", "one"}, "y")
        .output("y", TinyOnnx.FLOAT, dims);
  }

  /** Where x is not zero: [rank, count]. */
  public static TinyOnnx nonZero(long... dims) {
    return new TinyOnnx()
        .input("x", TinyOnnx.FLOAT, dims)
        .node("NonZero", new String[] {"x"}, "y")
        .output("y", TinyOnnx.INT64, dims.length, -1);
  }

  /** y = a + b of extents that the file leaves open, so that unequal ones fail in the run. */
  public static TinyOnnx sum() {
    return new TinyOnnx()
        .input("a", TinyOnnx.FLOAT, -1)
        .input("b", TinyOnnx.FLOAT, -1)
        .node("Add", new String[] {"a", "b"}, "y")
        .output("y", TinyOnnx.FLOAT, -1);
  }

  /** Writes first, first + 1, … */
  public static void fill(Tensor tensor, float first) {
    for (int i = 0; i < tensor.shape().elements(); i++) {
      tensor.floats().put(i, first + i);
    }
  }

  /** Checks the answer of {@link #affine}. */
  public static void assertAffine(Tensor x, Tensor y) {
    assertThat(y.shape()).isEqualTo(x.shape());
    for (int i = 0; i < x.shape().elements(); i++) {
      assertThat(y.floats().get(i)).isEqualTo(2 * x.floats().get(i) + 1);
    }
  }

  /** What a call throws, which it has to. */
  public static AvocetException failure(Runnable call) {
    try {
      call.run();
    } catch (AvocetException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
