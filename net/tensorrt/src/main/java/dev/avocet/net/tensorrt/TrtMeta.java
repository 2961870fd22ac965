package dev.avocet.net.tensorrt;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Shape;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a model's meta info says of the shapes that a network is to take: {@code
 * backend_config.model_inputs} of {@code detail.json}, as MMDeploy's exporter writes it (facts:
 * {@code mmdeploy/backend/sdk/export_info.py} and its TensorRT configurations), and {@code
 * batch_size} of {@code deploy.json}.
 *
 * @param ranges of inputs, by name
 * @param batch most pictures in one run, where {@code deploy.json} has the network
 */
record TrtMeta(Map<String, TrtRange> ranges, OptionalInt batch) {
  static final String DETAIL = "detail.json";
  private static final String DEPLOY = "deploy.json";

  /** Copies the map. */
  TrtMeta {
    ranges = Map.copyOf(ranges);
  }

  /**
   * Reads it. Of several networks the n-th of {@code deploy.json} has the n-th of {@code
   * model_inputs}.
   *
   * @throws AvocetException INVALID_ARG, naming file and JSON path, where a shape is wrong
   */
  static TrtMeta of(ModelFiles files, String file) {
    OptionalInt batch = OptionalInt.empty();
    int index = 0;
    if (files.has(DEPLOY)) {
      List<Params> nets = read(files, DEPLOY).objects("models");
      for (int i = 0; i < nets.size(); i++) {
        if (nets.get(i).text("net").equals(file)) {
          index = i;
          batch = OptionalInt.of(Math.max(1, nets.get(i).intValue("batch_size", 1)));
        }
      }
    }
    return new TrtMeta(files.has(DETAIL) ? ranges(read(files, DETAIL), index) : Map.of(), batch);
  }

  private static Params read(ModelFiles files, String name) {
    return Params.parse(name, new String(files.read(name), StandardCharsets.UTF_8));
  }

  private static Map<String, TrtRange> ranges(Params detail, int index) {
    Map<String, TrtRange> ranges = new TreeMap<>();
    // What stands there otherwise is for people, and may have any form.
    if (!detail.isObject("backend_config")
        || !detail.object("backend_config").has("model_inputs")) {
      return ranges;
    }
    List<Params> nets = detail.object("backend_config").objects("model_inputs");
    if (index < nets.size()) {
      Params inputs = nets.get(index).objectOrEmpty("input_shapes");
      inputs.keys().forEach(name -> ranges.put(name, range(inputs.object(name))));
    }
    return ranges;
  }

  private static TrtRange range(Params input) {
    try {
      return new TrtRange(
          shape(input, "min_shape"), shape(input, "opt_shape"), shape(input, "max_shape"));
    } catch (AvocetException e) {
      throw new AvocetException(
          e.status(),
          e.getMessage().startsWith(DETAIL)
              ? e.getMessage()
              : input.where() + ": " + e.getMessage(),
          e);
    }
  }

  private static Shape shape(Params input, String key) {
    int[] extents = input.ints(key);
    long[] dims = new long[extents.length];
    for (int i = 0; i < dims.length; i++) {
      if (extents[i] < 1) {
        throw input.error(key, "extents of 1 or more");
      }
      dims[i] = extents[i];
    }
    return Shape.of(dims);
  }
}
