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
 * Key points that the network gives itself: MMDeploy's head of this name ({@code
 * mmpose/keypoints_from_regression.cpp}).
 *
 * <p>Reads {@code output}, FLOAT32 [B,K,2]: x and y as parts of the network's picture, 0 to 1 where
 * they lie in it. Every score is 1. No parameters.
 */
public final class DeepposeRegressionHeadDecode implements Head<KeyPoints> {
  private static final String OUTPUT = "output";

  private DeepposeRegressionHeadDecode() {}

  /** Registers the head as {@code mmpose/DeepposeRegressionHeadDecode}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "mmpose";
    }

    @Override
    public String component() {
      return "DeepposeRegressionHeadDecode";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new DeepposeRegressionHeadDecode();
    }
  }

  @Override
  public Class<KeyPoints> resultType() {
    return KeyPoints.class;
  }

  @Override
  public KeyPoints decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor output = outputs.get(OUTPUT);
    if (output.type() != DataType.FLOAT32
        || output.shape().rank() != 3
        || output.shape().dim(2) != 2) {
      throw Outputs.unexpected(OUTPUT, "FLOAT32[B,K,2]", output);
    }
    Outputs.checkIndex(OUTPUT, output, index);
    int n = (int) output.shape().dim(1);
    FloatBuffer values = output.floats();
    SourcePoints points = new SourcePoints(meta, n, 1, 1);
    for (int i = 0; i < n; i++) {
      int at = 2 * (index * n + i);
      points.set(i, values.get(at), values.get(at + 1), 1);
    }
    return points.points();
  }
}
