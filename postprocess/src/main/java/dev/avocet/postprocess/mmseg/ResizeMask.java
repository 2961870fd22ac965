package dev.avocet.postprocess.mmseg;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.postprocess.SegmentationMap;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.BilinearPlane;
import dev.avocet.postprocess.Integers;
import dev.avocet.postprocess.LinearAxis;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

/**
 * A class map, or scores of every class, stretched over the source picture. Source: MMDeploy 1.3.1,
 * {@code codebase/mmseg/segment.cpp}.
 *
 * <p>Reads {@code output}, or the only output there is. With {@code with_argmax} it is a map of
 * class numbers [B,1,h,w] of FLOAT32 (rounded, halves to even), INT32 or INT64, resized to the
 * nearest pixel; else FLOAT32 [B,C,h,w], resized bilinearly as OpenCV does. It covers the whole
 * picture, so padding that the network saw is part of it, as in the reference. The result is the
 * caller's.
 *
 * <p>Parameters: {@code num_classes} (needed), {@code with_argmax} (true). Other than in the
 * reference scores have as many classes as the output has, whatever {@code num_classes} says.
 */
public final class ResizeMask implements Head<SegmentationMap> {
  private static final String OUTPUT = "output";

  private final int classes;
  private final boolean argmax;

  private ResizeMask(Params params) {
    classes = params.intValue("num_classes");
    argmax = params.booleanValue("with_argmax", true);
    if (classes < 1) {
      throw params.error("num_classes", "1 or more");
    }
  }

  /** Registers the head as {@code mmseg/ResizeMask}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmseg";
    }

    @Override
    public String component() {
      return "ResizeMask";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new ResizeMask(params);
    }
  }

  @Override
  public Class<SegmentationMap> resultType() {
    return SegmentationMap.class;
  }

  @Override
  public SegmentationMap decode(
      NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    String name = Outputs.nameOf(outputs, OUTPUT);
    Tensor output = outputs.get(name);
    if (output.shape().rank() != 4
        || output.shape().elements() == 0
        || (argmax && output.shape().dim(1) != 1)
        || (!argmax && output.type() != DataType.FLOAT32)) {
      String expected = argmax ? "[B,1,H,W] (with_argmax=true)" : "FLOAT32[B,C,H,W]";
      throw Outputs.unexpected(name, expected, output);
    }
    Outputs.checkIndex(name, output, index);
    return argmax ? labels(name, output, index, meta) : scores(name, output, index, meta);
  }

  private SegmentationMap labels(String name, Tensor output, int index, SampleMeta meta) {
    int height = (int) output.shape().dim(2);
    int width = (int) output.shape().dim(3);
    Integers numbers =
        output.type() == DataType.FLOAT32
            ? rounded(name, output.floats())
            : Integers.of(name, output);
    int[] columns = nearest(width, meta.originalWidth());
    int[] rows = nearest(height, meta.originalHeight());
    int[] labels = new int[rows.length * columns.length];
    for (int y = 0; y < rows.length; y++) {
      int at = (index * height + rows[y]) * width;
      for (int x = 0; x < columns.length; x++) {
        labels[y * columns.length + x] = numbers.get(at + columns[x]);
      }
    }
    return new SegmentationMap(columns.length, rows.length, classes, labels, null);
  }

  private static Integers rounded(String name, FloatBuffer values) {
    return i -> {
      float v = values.get(i);
      if (Float.isNaN(v)) {
        throw Outputs.nan("a class number in \"" + name + "\"");
      }
      return (int) Math.rint(v);
    };
  }

  /** The value of each sample, as OpenCV's {@code INTER_NEAREST} picks it. */
  private static int[] nearest(int length, int samples) {
    int[] picked = new int[samples];
    double scale = 1 / ((double) samples / length);
    for (int i = 0; i < samples; i++) {
      picked[i] = Math.min((int) Math.floor(i * scale), length - 1);
    }
    return picked;
  }

  private static SegmentationMap scores(String name, Tensor output, int index, SampleMeta meta) {
    int channels = (int) output.shape().dim(1);
    int height = (int) output.shape().dim(2);
    int width = (int) output.shape().dim(3);
    long size = (long) meta.originalWidth() * meta.originalHeight() * channels;
    if (size > Integer.MAX_VALUE) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "output \"%s\": scores of %d classes on %dx%d pixels are above 2^31 numbers; give a smaller picture"
              .formatted(name, channels, meta.originalWidth(), meta.originalHeight()));
    }
    LinearAxis columns = LinearAxis.covering(width, meta.originalWidth());
    LinearAxis rows = LinearAxis.covering(height, meta.originalHeight());
    BilinearPlane plane = new BilinearPlane(columns, rows);
    float[] scores = new float[(int) size];
    for (int c = 0; c < channels; c++) {
      plane.begin(output.floats(), (index * channels + c) * height * width, 1);
      for (int y = 0; y < rows.samples(); y++) {
        int at = (c * rows.samples() + y) * columns.samples();
        System.arraycopy(plane.row(y), 0, scores, at, columns.samples());
      }
    }
    return new SegmentationMap(columns.samples(), rows.samples(), channels, null, scores);
  }
}
