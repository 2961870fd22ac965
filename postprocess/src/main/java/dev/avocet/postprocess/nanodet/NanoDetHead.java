package dev.avocet.postprocess.nanodet;

import dev.avocet.core.DataType;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.postprocess.Boxes;
import dev.avocet.core.postprocess.Head;
import dev.avocet.core.postprocess.HeadOptions;
import dev.avocet.core.postprocess.HeadProvider;
import dev.avocet.core.postprocess.NetOutputs;
import dev.avocet.core.preprocess.SampleMeta;
import dev.avocet.postprocess.BestClass;
import dev.avocet.postprocess.Candidates;
import dev.avocet.postprocess.Grids;
import dev.avocet.postprocess.Outputs;
import java.nio.FloatBuffer;

/**
 * The raw outputs of NanoDet and NanoDet-Plus, as the authors' own exporter leaves them: class
 * scores, and the distances to a box's sides as distributions (generalised focal loss, arXiv
 * 2006.04388).
 *
 * <p>Reads for each stride {@code cls_pred_stride_S} FLOAT32 [B,N,C], after their sigmoid, and
 * {@code dis_pred_stride_S} FLOAT32 [B,N,4*(R+1)] with left, top, right and bottom; or, where there
 * is only one output, FLOAT32 [B,A,C+4*(R+1)] with the grids of all strides one after the other,
 * whatever its name. N is the number of cells, row by row, of a grid of {@code ceil(size /
 * stride)}. The point of a cell at column {@code g} of stride {@code s} is {@code g * s + offset *
 * (s - 1)}; a distance is the mean of 0 to R, weighted by the softmax of its R+1 numbers, times the
 * stride. A cell counts with its best class, if that scores more than the threshold; then {@link
 * dev.avocet.postprocess.Nms}, class by class. Results descend by score and are reused by the next
 * call.
 *
 * <p>Parameters: {@code score_thr} (0.35), {@code nms.iou_threshold} (0.6), {@code reg_max} (7),
 * {@code offset} (0.5, as of NanoDet; 0 for NanoDet-Plus), {@code max_per_img} (100), {@code
 * min_bbox_size} (0) in source pixels, and those of {@link Grids}.
 */
public final class NanoDetHead implements Head<Boxes> {
  private final float scoreThreshold;
  private final int bins;
  private final float offset;
  private final Grids grids;
  private final BestClass best = new BestClass();
  private final Candidates candidates;

  private NanoDetHead(Params params) {
    scoreThreshold = params.floatValue("score_thr", 0.35f);
    bins = params.intValue("reg_max", 7) + 1;
    offset = params.floatValue("offset", 0.5f);
    grids = new Grids(params);
    candidates = Candidates.withinClasses(params, 0.6f, 100);
    if (bins < 2 || bins > 1000) {
      throw params.error("reg_max", "1 to 999");
    }
  }

  /** Registers the head as {@code nanodet/NanoDetHead}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "nanodet";
    }

    @Override
    public String component() {
      return "NanoDetHead";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new NanoDetHead(params);
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    float threshold = options.scoreThreshold(scoreThreshold);
    candidates.begin(meta);
    if (outputs.names().size() == 1) {
      decodeOne(outputs.names().get(0), outputs.get(0), index, meta, threshold);
      return candidates.suppress();
    }
    for (int i = 0; i < grids.size(); i++) {
      String scoresName = "cls_pred_stride_" + grids.stride(i);
      String sidesName = "dis_pred_stride_" + grids.stride(i);
      Tensor scores = outputs.get(scoresName);
      Tensor sides = outputs.get(sidesName);
      int cells = grids.cells(i, meta);
      Outputs.check(scoresName, scores, DataType.FLOAT32, Outputs.ANY, cells, Outputs.ANY);
      Outputs.checkIndex(scoresName, scores, index);
      Outputs.check(sidesName, sides, DataType.FLOAT32, scores.shape().dim(0), cells, 4L * bins);
      int classes = (int) scores.shape().dim(2);
      Level level = new Level(scores.floats(), classes, classes, sides.floats(), 4 * bins, 0);
      decodeLevel(level, index * cells, i, meta, threshold);
    }
    return candidates.suppress();
  }

  private void decodeOne(String name, Tensor output, int index, SampleMeta meta, float threshold) {
    long cells = grids.cells(meta);
    Outputs.check(name, output, DataType.FLOAT32, Outputs.ANY, cells, Outputs.ANY);
    Outputs.checkIndex(name, output, index);
    int columns = (int) output.shape().dim(2);
    int classes = columns - 4 * bins;
    if (classes < 1) {
      throw Outputs.unexpected(name, "FLOAT32[B,%d,C+%d]".formatted(cells, 4 * bins), output);
    }
    Level level = new Level(output.floats(), columns, classes, output.floats(), columns, classes);
    int cell = index * (int) cells;
    for (int i = 0; i < grids.size(); i++) {
      decodeLevel(level, cell, i, meta, threshold);
      cell += grids.cells(i, meta);
    }
  }

  /** Where the numbers of cells lie: how many a cell, and in the second buffer, from where. */
  private record Level(
      FloatBuffer scores, int scoreColumns, int classes, FloatBuffer sides, int columns, int at) {}

  private void decodeLevel(Level level, int from, int grid, SampleMeta meta, float threshold) {
    int stride = grids.stride(grid);
    int width = grids.columns(grid, meta);
    int cells = grids.cells(grid, meta);
    float shift = offset * (stride - 1);
    for (int i = 0; i < cells; i++) {
      best.find(level.scores, (from + i) * level.scoreColumns, 1, level.classes);
      // Negated, so that a NaN goes on to be found.
      if (!(best.score() <= threshold)) {
        int row = i / width;
        float x = i % width * stride + shift;
        float y = row * stride + shift;
        int at = (from + i) * level.columns + level.at;
        candidates.add(
            best.label(),
            best.score(),
            x - distance(level.sides, at) * stride,
            y - distance(level.sides, at + bins) * stride,
            x + distance(level.sides, at + 2 * bins) * stride,
            y + distance(level.sides, at + 3 * bins) * stride);
      }
    }
  }

  private float distance(FloatBuffer values, int at) {
    float max = values.get(at);
    for (int i = 1; i < bins; i++) {
      max = Math.max(max, values.get(at + i));
    }
    double sum = 0;
    double mean = 0;
    for (int i = 0; i < bins; i++) {
      double weight = Math.exp(values.get(at + i) - max);
      sum += weight;
      mean += weight * i;
    }
    return (float) (mean / sum);
  }
}
