package dev.avocet.postprocess.mmpose;

import dev.avocet.core.DataType;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.KeyPoints;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourcePoints;
import java.nio.FloatBuffer;

/**
 * Key points from one distribution across and one down (SimCC, arXiv 2107.03332), as RTMPose has
 * them: MMDeploy's head of this name ({@code mmpose/simcc_label.cpp}).
 *
 * <p>Reads {@code simcc_x} FLOAT32 [B,K,Wx] and {@code simcc_y} FLOAT32 [B,K,Wy]. A point lies at
 * the first greatest value of each, divided by {@code simcc_split_ratio}, in pixels of the
 * network's picture; its score is the lesser of the two values. Where that is not above zero the
 * point lies at bin (-1,-1). With {@code export_postprocess} the network has done that itself:
 * {@code simcc_x} [B,K,2] are the points in pixels and {@code simcc_y} [B,K] or [B,K,1] their
 * scores.
 *
 * <p>Parameters: {@code simcc_split_ratio} (2), {@code input_size} ([192, 256], width and height of
 * the network's picture), {@code export_postprocess} (false). Exporters also write {@code
 * flip_test}, which has no effect there either.
 */
public final class SimCCLabelDecode implements Head<KeyPoints> {
  private static final String ACROSS = "simcc_x";
  private static final String DOWN = "simcc_y";

  private final float splitRatio;
  private final int[] inputSize;
  private final boolean decoded;

  private SimCCLabelDecode(Params params) {
    float ratio = params.floatValue("simcc_split_ratio", 2);
    decoded = params.booleanValue("export_postprocess", false);
    inputSize = params.has("input_size") ? params.ints("input_size") : new int[] {192, 256};
    if (ratio <= 0) {
      throw params.error("simcc_split_ratio", "a number above 0");
    }
    if (inputSize.length != 2 || inputSize[0] < 1 || inputSize[1] < 1) {
      throw params.error("input_size", "[width, height] of 1 or more");
    }
    splitRatio = decoded ? 1 : ratio;
  }

  /** Registers the head as {@code mmpose/SimCCLabelDecode}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmpose";
    }

    @Override
    public String component() {
      return "SimCCLabelDecode";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new SimCCLabelDecode(params);
    }
  }

  @Override
  public Class<KeyPoints> resultType() {
    return KeyPoints.class;
  }

  @Override
  public KeyPoints decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor across = outputs.get(ACROSS);
    Tensor down = outputs.get(DOWN);
    check(across, down, index);
    int n = (int) across.shape().dim(1);
    SourcePoints points = new SourcePoints(meta, n, inputSize[0], inputSize[1]);
    for (int i = 0; i < n; i++) {
      int row = index * n + i;
      if (decoded) {
        FloatBuffer at = across.floats();
        points.set(i, at.get(2 * row), at.get(2 * row + 1), down.floats().get(row));
      } else {
        bins(points, i, across, down, row);
      }
    }
    return points.points();
  }

  private void check(Tensor across, Tensor down, int index) {
    String shapes = decoded ? "FLOAT32[B,K,2]" : "FLOAT32[B,K,Wx]";
    if (across.type() != DataType.FLOAT32
        || across.shape().rank() != 3
        || (decoded ? across.shape().dim(2) != 2 : across.shape().dim(2) < 1)) {
      throw Outputs.unexpected(ACROSS, shapes, across);
    }
    Outputs.checkIndex(ACROSS, across, index);
    int rank = down.shape().rank();
    boolean fits =
        down.type() == DataType.FLOAT32
            && (rank == 3 || (decoded && rank == 2))
            && down.shape().dim(0) == across.shape().dim(0)
            && down.shape().dim(1) == across.shape().dim(1)
            && (rank == 2 || (decoded ? down.shape().dim(2) == 1 : down.shape().dim(2) >= 1));
    if (!fits) {
      String expected = decoded ? "FLOAT32[B,K] or [B,K,1]" : "FLOAT32[B,K,Wy]";
      throw Outputs.unexpected(DOWN, expected + " for " + ACROSS + across.shape(), down);
    }
  }

  private void bins(SourcePoints points, int i, Tensor across, Tensor down, int row) {
    int x = best(ACROSS, across, row);
    int y = best(DOWN, down, row);
    float score =
        Math.min(
            across.floats().get(row * (int) across.shape().dim(2) + x),
            down.floats().get(row * (int) down.shape().dim(2) + y));
    boolean found = score > 0;
    points.set(i, (found ? x : -1) / splitRatio, (found ? y : -1) / splitRatio, score);
  }

  /** Bin of the first greatest value of a row. */
  private static int best(String name, Tensor tensor, int row) {
    FloatBuffer values = tensor.floats();
    int bins = (int) tensor.shape().dim(2);
    int best = 0;
    for (int b = 0; b < bins; b++) {
      float v = values.get(row * bins + b);
      if (Float.isNaN(v)) {
        throw Outputs.nan(name + " row " + row + " bin " + b);
      }
      if (v > values.get(row * bins + best)) {
        best = b;
      }
    }
    return best;
  }
}
