package dev.avocet.postprocess;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** What the tests of heads share. */
public final class HeadTests {
  private HeadTests() {}

  /** The registered head, made from JSON parameters. */
  public static Head<?> head(String component, String params) {
    return head(component, params, ModelFiles.directory(Path.of(".")));
  }

  /** The same with the files of a model. */
  public static Head<?> head(String component, String params, ModelFiles files) {
    for (HeadProvider provider : ServiceLoader.load(HeadProvider.class)) {
      if (provider.makes(provider.module(), component)) {
        return provider.create(Params.parse("pipeline.json", params), files);
      }
    }
    throw new AssertionError(component + " is not registered");
  }

  /** A tensor that needs no closing; zero at first. */
  public static Tensor tensor(DataType type, Shape shape) {
    int bytes = (int) shape.elements() * type.bytes();
    return Tensor.wrap(ByteBuffer.allocateDirect(bytes), type, shape);
  }

  /** A FLOAT32 tensor of these values that needs no closing. */
  public static Tensor tensor(Shape shape, float... values) {
    Tensor tensor = tensor(DataType.FLOAT32, shape);
    tensor.floats().put(values);
    return tensor;
  }

  /** An INT64 tensor of these values that needs no closing. */
  public static Tensor longs(Shape shape, long... values) {
    Tensor tensor = tensor(DataType.INT64, shape);
    tensor.longs().put(values);
    return tensor;
  }

  /** What the registered head makes of the first entry of the batch. */
  public static Object decode(
      String component, String params, Map<String, Tensor> tensors, SampleMeta meta) {
    return head(component, params).decode(outputs(tensors), 0, meta, HeadOptions.DEFAULT);
  }

  /** Checks that a head refuses these outputs with FAIL. */
  public static void assertRefused(
      String component, String params, Map<String, Tensor> tensors, String message) {
    assertThatThrownBy(() -> decode(component, params, tensors, plain(16, 16)))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((AvocetException) e).status())
        .isEqualTo(Status.FAIL);
  }

  /** Checks that a head refuses these parameters. */
  public static void assertWrong(String component, String params, String message) {
    assertThatThrownBy(() -> head(component, params))
        .isInstanceOf(AvocetException.class)
        .hasMessageContaining("pipeline.json: " + message);
  }

  /** Outputs as a run leaves them. */
  public static NetOutputs outputs(Map<String, Tensor> tensors) {
    List<String> names = new ArrayList<>(tensors.keySet());
    NetOutputs outputs = new NetOutputs(names);
    for (int i = 0; i < names.size(); i++) {
      outputs.set(i, tensors.get(names.get(i)));
    }
    return outputs;
  }

  /** A picture that is scaled by the same factor both ways. */
  public static SampleMeta scaled(int width, int height, float scale, int padTop, int padLeft) {
    int w = (int) (width * scale);
    int h = (int) (height * scale);
    return new SampleMeta(
        width,
        height,
        w,
        h,
        scale,
        scale,
        padTop,
        padLeft,
        0,
        0,
        w + padLeft,
        h + padTop,
        1,
        Optional.empty());
  }

  /** A picture that is its own network input. */
  public static SampleMeta plain(int width, int height) {
    return new SampleMeta(
        width, height, width, height, 1, 1, 0, 0, 0, 0, width, height, 1, Optional.empty());
  }

  /** One line a detection: label score x1 y1 x2 y2. */
  public static List<String> lines(Boxes boxes) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      lines.add(
          "%d %s %s %s %s %s"
              .formatted(
                  boxes.label(i),
                  boxes.score(i),
                  boxes.x1(i),
                  boxes.y1(i),
                  boxes.x2(i),
                  boxes.y2(i)));
    }
    return lines;
  }

  /** Heap bytes that one call allocates once it has run a while. */
  public static long allocatedPerCall(Runnable call) {
    for (int i = 0; i < 2000; i++) {
      call.run();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    // What the virtual machine does once, such as loading a class, falls into one round at most.
    for (int round = 0; round < 3; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200; i++) {
        call.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least / 200;
  }
}
