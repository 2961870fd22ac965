package com.example.head;

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
import dev.avocet.postprocess.Outputs;
import dev.avocet.postprocess.SourceBoxes;
import java.nio.FloatBuffer;

/**
 * A box for each cell of a grid whose value exceeds a threshold. Reads {@code means}, FLOAT32
 * [B,rows,columns]. Parameter: {@code threshold} (0.5).
 */
public final class BrightCells implements Head<Boxes> {
  private final float threshold;
  private final SourceBoxes found = new SourceBoxes(0);

  private BrightCells(float threshold) {
    this.threshold = threshold;
  }

  /** Registers the head as {@code example/BrightCells}. */
  public static final class Provider implements HeadProvider {
    @Override
    public String module() {
      return "example";
    }

    @Override
    public String component() {
      return "BrightCells";
    }

    @Override
    public Head<?> create(Params params, ModelFiles files) {
      return new BrightCells(params.floatValue("threshold", 0.5f));
    }
  }

  @Override
  public Class<Boxes> resultType() {
    return Boxes.class;
  }

  @Override
  public Boxes decode(NetOutputs outputs, int index, SampleMeta meta, HeadOptions options) {
    Tensor means = outputs.get("means");
    if (means.type() != DataType.FLOAT32 || means.shape().rank() != 3) {
      throw Outputs.unexpected("means", "FLOAT32[B,rows,columns]", means);
    }
    Outputs.checkIndex("means", means, index);
    int rows = (int) means.shape().dim(1);
    int columns = (int) means.shape().dim(2);
    float width = (float) meta.networkWidth() / columns;
    float height = (float) meta.networkHeight() / rows;
    float limit = options.scoreThreshold(threshold);
    FloatBuffer values = means.floats();
    found.begin(meta);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        float score = values.get((index * rows + y) * columns + x);
        if (Float.isNaN(score)) {
          throw Outputs.nan("cell " + x + "," + y);
        }
        if (score > limit) {
          int cell = y * columns + x;
          found.add(cell, 0, score, x * width, y * height, (x + 1) * width, (y + 1) * height);
        }
      }
    }
    return found.boxes();
  }
}
