package dev.avocet.net.onnxruntime;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Device;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Tiny networks, opened from memory. */
final class Nets {
  private Nets() {}

  /** A model of one file in memory. */
  static final class InMemory implements ModelFiles {
    private final String name;
    private final byte[] bytes;

    InMemory(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public String origin() {
      return "memory";
    }

    @Override
    public boolean has(String file) {
      return file.equals(name);
    }

    @Override
    public byte[] read(String file) {
      return bytes.clone();
    }

    @Override
    public Optional<Path> path(String file) {
      return Optional.empty();
    }

    @Override
    public void close() {
      // Holds nothing open.
    }
  }

  static Net open(TinyOnnx onnx) {
    return open(onnx.build(), Device.CPU, NetOptions.DEFAULT);
  }

  static Net open(byte[] onnx, Device device, NetOptions options) {
    ModelFiles files = new InMemory("tiny.onnx", onnx);
    return new OrtProvider().open(files, "tiny.onnx", "", device, options);
  }

  static NetOptions option(String key, String value) {
    return new NetOptions(1, Map.of(key, value));
  }

  /** y = 2 x + 1 on these extents. */
  static TinyOnnx affine(long... dims) {
    return new TinyOnnx()
        .input("x", TinyOnnx.FLOAT, dims)
        .floats("two", new long[] {1}, 2)
        .floats("one", new long[] {1}, 1)
        .node("Mul", new String[] {"x", "two"}, "m")
        .node("Add", new String[] {"m", "one"}, "y")
        .output("y", TinyOnnx.FLOAT, dims);
  }

  /** Where x is not zero: [rank, count]. */
  static TinyOnnx nonZero(long... dims) {
    return new TinyOnnx()
        .input("x", TinyOnnx.FLOAT, dims)
        .node("NonZero", new String[] {"x"}, "y")
        .output("y", TinyOnnx.INT64, dims.length, -1);
  }

  static AvocetException failure(Runnable call) {
    try {
      call.run();
    } catch (AvocetException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }
}
