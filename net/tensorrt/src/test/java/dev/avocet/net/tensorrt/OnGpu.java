package dev.avocet.net.tensorrt;

import dev.avocet.core.Device;
import dev.avocet.core.Shape;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.testing.TinyNets;
import dev.avocet.testing.TinyOnnx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How tests open networks on a GPU: built anew each time, for all shapes up to a size. */
final class OnGpu {
  static final Device GPU = Device.parse("tensorrt:cuda:0");

  /** Largest extent of an axis that varies. */
  private static final long LARGEST = 512;

  private OnGpu() {}

  /** Options of a network whose varying axes go from 1 to {@value #LARGEST}. */
  static NetOptions options(TinyOnnx onnx, String... more) {
    List<String> ranges = new ArrayList<>();
    onnx.inputs()
        .forEach(
            (name, shape) -> {
              if (!shape.isStatic()) {
                ranges.add(
                    name + ":" + of(shape, 1) + "," + of(shape, 8) + "," + of(shape, LARGEST));
              }
            });
    Map<String, String> options = new LinkedHashMap<>();
    if (!ranges.isEmpty()) {
      options.put("profile", String.join(";", ranges));
    }
    options.put("cache_dir", "none");
    options.put("timing_cache", "none");
    // The fastest way to an engine, for networks of two layers.
    options.put("builder_level", "0");
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return new NetOptions(0, options);
  }

  private static String of(Shape shape, long extent) {
    return Arrays.stream(shape.toArray())
        .map(dim -> dim < 0 ? extent : dim)
        .mapToObj(Long::toString)
        .collect(Collectors.joining("x"));
  }

  /** Opens a network. */
  static Net open(TinyOnnx onnx, String... more) {
    return TinyNets.open(new TrtProvider(), onnx.build(), GPU, options(onnx, more));
  }
}
