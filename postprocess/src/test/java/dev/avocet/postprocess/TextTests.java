package dev.avocet.postprocess;

import static dev.avocet.postprocess.HeadTests.tensor;

import dev.avocet.core.DataType;
import dev.avocet.core.Quad;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.postprocess.Quads;
import dev.avocet.core.preprocess.SampleMeta;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the tests of text heads share. */
public final class TextTests {
  private TextTests() {}

  /**
   * Sets a plane's columns {@code left} to {@code right} and rows {@code top} to {@code bottom}.
   */
  public static void fill(
      Tensor map, int plane, int left, int top, int right, int bottom, float value) {
    int height = (int) map.shape().dim(-2);
    int width = (int) map.shape().dim(-1);
    FloatBuffer values = map.floats();
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        values.put((plane * height + y) * width + x, value);
      }
    }
  }

  /** A tensor of one value. */
  public static Tensor filled(Shape shape, float value) {
    Tensor tensor = tensor(DataType.FLOAT32, shape);
    for (int i = 0; i < shape.elements(); i++) {
      tensor.floats().put(i, value);
    }
    return tensor;
  }

  /** Steps of a recogniser of which step t has class {@code best[t]} at 0.5 + t / 100. */
  public static Tensor steps(int classes, int... best) {
    Tensor tensor = tensor(DataType.FLOAT32, Shape.of(1, best.length, classes));
    for (int t = 0; t < best.length; t++) {
      tensor.floats().put(t * classes + best[t], 0.5f + t / 100f);
    }
    return tensor;
  }

  /** The network's only output. */
  public static NetOutputs output(Tensor tensor) {
    return HeadTests.outputs(Map.of("output", tensor));
  }

  /** A picture that was scaled into its network's input without padding. */
  public static SampleMeta scaled(int width, int height, int networkWidth, int networkHeight) {
    return new SampleMeta(
        width,
        height,
        networkWidth,
        networkHeight,
        networkWidth / (float) width,
        networkHeight / (float) height,
        0,
        0,
        0,
        0,
        networkWidth,
        networkHeight,
        1,
        Optional.empty());
  }

  /** One line a region: its corners and its score, rounded to two decimals. */
  public static List<String> lines(Quads quads) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < quads.quads().size(); i++) {
      Quad q = quads.quads().get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "%.2f %.2f, %.2f %.2f, %.2f %.2f, %.2f %.2f: %.2f",
              q.a().x() + 0f,
              q.a().y() + 0f,
              q.b().x() + 0f,
              q.b().y() + 0f,
              q.c().x() + 0f,
              q.c().y() + 0f,
              q.d().x() + 0f,
              q.d().y() + 0f,
              quads.scores()[i]));
    }
    return lines;
  }
}
