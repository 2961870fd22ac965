package dev.avocet.postprocess.posenet;

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
 * The key points of the one person in a picture, from the raw outputs of PoseNet and BodyPix (arXiv
 * 1803.08225; the single-pose decoder of TensorFlow.js models).
 *
 * <p>Reads {@code heatmaps} FLOAT32 [B,H,W,K], scores before their sigmoid, and {@code
 * short_offsets} FLOAT32 [B,H,W,2K], in pixels of the network's picture: K of them down, then K
 * across. A point lies at the first cell of its map's greatest value, times {@code stride}, plus
 * the cell's offset.
 *
 * <p>Parameter: {@code stride} (16), pixels of the network's picture a cell. Outputs with other
 * names are named in the Net task's {@code output_map}.
 */
public final class BodyPix implements Head<KeyPoints> {
  private static final String HEATMAPS = "heatmaps";
  private static final String OFFSETS = "short_offsets";

  private final int stride;

  private BodyPix(Params params) {
    stride = params.intValue("stride", 16);
    if (stride < 1) {
      throw params.error("stride", "1 or more");
    }
  }

  /** Registers the head as {@code posenet/BodyPix}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "posenet";
    }

    @Override
    public String component() {
      return "BodyPix";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new BodyPix(params);
    }
  }

  @Override
  public Class<KeyPoints> resultType() {
    return KeyPoints.class;
  }

  @Override
  public KeyPoints decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor heatmaps = outputs.get(HEATMAPS);
    if (heatmaps.type() != DataType.FLOAT32
        || heatmaps.shape().rank() != 4
        || heatmaps.shape().elements() == 0) {
      throw Outputs.unexpected(HEATMAPS, "FLOAT32[B,H,W,K]", heatmaps);
    }
    Outputs.checkIndex(HEATMAPS, heatmaps, index);
    Tensor offsets = outputs.get(OFFSETS);
    int n = (int) heatmaps.shape().dim(3);
    if (offsets.type() != DataType.FLOAT32
        || !offsets.shape().equals(heatmaps.shape().with(3, 2L * n))) {
      throw Outputs.unexpected(OFFSETS, "FLOAT32[B,H,W,2K] for " + heatmaps, offsets);
    }

    FloatBuffer heat = heatmaps.floats();
    FloatBuffer move = offsets.floats();
    int width = (int) heatmaps.shape().dim(2);
    int cells = width * (int) heatmaps.shape().dim(1);
    SourcePoints points = new SourcePoints(meta, n, meta.networkWidth(), meta.networkHeight());
    for (int i = 0; i < n; i++) {
      int cell = best(heat, i, index * cells, cells, n);
      int at = (index * cells + cell) * n;
      int row = cell / width;
      float x = (float) (cell - row * width) * stride + move.get(2 * at + n + i);
      float y = (float) row * stride + move.get(2 * at + i);
      points.set(i, x, y, (float) (1 / (1 + Math.exp(-heat.get(at + i)))));
    }
    return points.points();
  }

  private static int best(FloatBuffer heat, int map, int first, int cells, int maps) {
    int best = 0;
    for (int c = 0; c < cells; c++) {
      float v = heat.get((first + c) * maps + map);
      if (Float.isNaN(v)) {
        throw Outputs.nan("heat map " + map);
      }
      if (v > heat.get((first + best) * maps + map)) {
        best = c;
      }
    }
    return best;
  }
}
