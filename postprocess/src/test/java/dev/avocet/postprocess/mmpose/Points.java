package dev.avocet.postprocess.mmpose;

import static dev.avocet.postprocess.HeadTests.head;
import static dev.avocet.postprocess.HeadTests.outputs;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.RectF;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.HeadTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** What the tests of pose heads share. */
public final class Points {
  private Points() {}

  /** A network picture that shows this window of the source. */
  public static SampleMeta window(int width, int height, RectF window) {
    return new SampleMeta(
        1000, 1000, width, height, 1, 1, 0, 0, 0, 0, width, height, 1, Optional.of(window));
  }

  public static KeyPoints decode(
      String component, String params, Map<String, Tensor> tensors, int index, SampleMeta meta) {
    return (KeyPoints)
        head(component, params).decode(outputs(tensors), index, meta, HeadOptions.DEFAULT);
  }

  /** One text a point: {@code x y score}, three digits each. */
  public static List<String> lines(KeyPoints points) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < points.x().length; i++) {
      lines.add("%.3f %.3f %.3f".formatted(points.x()[i], points.y()[i], points.scores()[i]));
    }
    return lines;
  }

  /**
   * Decodes a tensor of any type and shape whose values are often strange: an answer of finite
   * numbers, or FAIL.
   */
  public static void survive(String component, String params, Random random, String... names) {
    Map<String, Tensor> tensors = new TreeMap<>();
    for (String name : names) {
      tensors.put(name, strange(random));
    }
    try {
      KeyPoints points = decode(component, params, tensors, random.nextInt(2), meta(random));
      for (int i = 0; i < points.x().length; i++) {
        assertThat(points.x()[i] + points.y()[i] + points.scores()[i]).isFinite();
      }
    } catch (AvocetException e) {
      assertThat(e.status()).isEqualTo(Status.FAIL);
    }
  }

  private static SampleMeta meta(Random random) {
    RectF window =
        new RectF(random.nextInt(100) - 50, 0, random.nextInt(3) * 1e6f, random.nextInt(500));
    return random.nextBoolean() ? window(96, 128, window) : HeadTests.plain(96, 128);
  }

  private static Tensor strange(Random random) {
    long[] dims = new long[2 + random.nextInt(3)];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = random.nextInt(8);
    }
    DataType type = random.nextInt(8) == 0 ? DataType.INT64 : DataType.FLOAT32;
    Tensor tensor = HeadTests.tensor(type, Shape.of(dims));
    float[] special = {0, -1, 1e-30f, 1e30f, -1e38f, Float.NaN, Float.POSITIVE_INFINITY};
    boolean mild = random.nextInt(4) > 0;
    for (int i = 0; type == DataType.FLOAT32 && i < tensor.shape().elements(); i++) {
      boolean plain = mild || random.nextInt(4) > 0;
      tensor.floats().put(i, plain ? random.nextFloat() : special[random.nextInt(7)]);
    }
    return tensor;
  }
}
