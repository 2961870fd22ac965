package dev.avocet.postprocess.avocet;

import dev.avocet.core.DataType;
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
import dev.avocet.postprocess.LinearAxis;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The class map of a network that answers a score for each class, logits or probabilities, and
 * leaves the choice to us, as DeepLab's TensorFlow exports do.
 *
 * <p>Reads {@code output}, or the only output there is: FLOAT32 [B,C,h,w], or [B,h,w,C] with {@code
 * layout} {@code nhwc}, covering the network's input. The scores are resized bilinearly to the
 * source picture, as OpenCV's {@code resize} does, padding taken off, and each pixel gets its best
 * class, of equal ones the first. The result is the caller's.
 *
 * <p>Parameters: {@code layout} ({@code nchw}), {@code num_classes} (as many as the output has).
 */
public final class ArgmaxMask implements Head<SegmentationMap> {
  private static final String OUTPUT = "output";

  private final boolean interleaved;
  private final int classes;

  private ArgmaxMask(Params params) {
    String layout = params.text("layout", "nchw");
    interleaved = layout.equals("nhwc");
    if (!interleaved && !layout.equals("nchw")) {
      throw params.error("layout", "\"nchw\" or \"nhwc\"");
    }
    classes = params.intValue("num_classes", 0);
    if (params.has("num_classes") && classes < 1) {
      throw params.error("num_classes", "1 or more");
    }
  }

  /** Registers the head as {@code avocet/ArgmaxMask}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "avocet";
    }

    @Override
    public String component() {
      return "ArgmaxMask";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new ArgmaxMask(params);
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
    long wanted = classes == 0 ? Outputs.ANY : classes;
    Outputs.check(
        name,
        output,
        DataType.FLOAT32,
        Outputs.ANY,
        interleaved ? Outputs.ANY : wanted,
        Outputs.ANY,
        interleaved ? wanted : Outputs.ANY);
    Outputs.checkIndex(name, output, index);
    int channels = (int) output.shape().dim(interleaved ? 3 : 1);
    int rows = (int) output.shape().dim(interleaved ? 1 : 2);
    int columns = (int) output.shape().dim(interleaved ? 2 : 3);
    LinearAxis across =
        axis(
            columns,
            meta.networkWidth(),
            meta.originalWidth(),
            meta.scaleX(),
            meta.padLeft() + meta.borderLeft() * meta.scaleX());
    LinearAxis down =
        axis(
            rows,
            meta.networkHeight(),
            meta.originalHeight(),
            meta.scaleY(),
            meta.padTop() + meta.borderTop() * meta.scaleY());
    Best best = new Best(across, down);
    for (int c = 0; c < channels; c++) {
      int at = index * channels * rows * columns + (interleaved ? c : c * rows * columns);
      best.take(c, output.floats(), at, interleaved ? channels : 1);
    }
    return new SegmentationMap(
        meta.originalWidth(), meta.originalHeight(), channels, best.labels, null);
  }

  /**
   * Samples for the pixels of the source.
   *
   * @param length of the output
   * @param network pixels of the network's input, which the output covers
   * @param scale network pixels a source pixel
   * @param before network pixels before the source begins
   */
  private static LinearAxis axis(int length, int network, int source, double scale, double before) {
    double values = (double) length / network;
    return new LinearAxis(length, source, scale * values, before * values);
  }

  /** The best class of each pixel so far. */
  private static final class Best {
    private final BilinearPlane plane;
    private final int width;
    private final float[] scores;
    private final int[] labels;

    Best(LinearAxis across, LinearAxis down) {
      plane = new BilinearPlane(across, down);
      width = across.samples();
      labels = new int[width * down.samples()];
      scores = new float[labels.length];
      Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    }

    void take(int label, FloatBuffer values, int at, int step) {
      plane.begin(values, at, step);
      for (int from = 0; from < labels.length; from += width) {
        float[] row = plane.row(from / width);
        for (int x = 0; x < width; x++) {
          if (row[x] > scores[from + x]) {
            scores[from + x] = row[x];
            labels[from + x] = label;
          }
        }
      }
    }
  }
}
