package com.example.engine;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Tensor;
import dev.avocet.core.net.NetSlot;
import java.nio.FloatBuffer;

/** The buffers of one run in flight, kept until the shape changes. */
final class CellsSlot implements NetSlot {
  private final int cell;
  private Tensor pixels;
  private Tensor means;

  CellsSlot(int cell) {
    this.cell = cell;
  }

  @Override
  public Tensor input(int index, Shape shape) {
    if (means == null || !pixels.shape().equals(shape)) {
      if (!CellsNet.PIXELS.shape().accepts(shape)
          || shape.dim(2) % cell != 0
          || shape.dim(3) % cell != 0) {
        throw AvocetException.invalidArgument(
            "input shape=%s: expected %s, height and width multiples of %d: add a Pad"
                .formatted(shape, CellsNet.PIXELS, cell));
      }
      close();
      pixels = Tensor.allocate(DataType.FLOAT32, shape);
      means =
          Tensor.allocate(DataType.FLOAT32, Shape.of(1, shape.dim(2) / cell, shape.dim(3) / cell));
    }
    return pixels;
  }

  @Override
  public void run() {
    FloatBuffer from = pixels.floats();
    FloatBuffer to = means.floats();
    int height = (int) pixels.shape().dim(2);
    int width = (int) pixels.shape().dim(3);
    int columns = width / cell;
    for (int i = 0; i < to.capacity(); i++) {
      int top = i / columns * cell;
      int left = i % columns * cell;
      float sum = 0;
      for (int row = 0; row < 3 * cell; row++) {
        int channel = row / cell;
        int start = (channel * height + top + row % cell) * width + left;
        for (int x = 0; x < cell; x++) {
          sum += from.get(start + x);
        }
      }
      to.put(i, sum / (3 * cell * cell));
    }
  }

  @Override
  public Tensor output(int index) {
    return means;
  }

  @Override
  public void close() {
    if (pixels != null) {
      pixels.close();
    }
    if (means != null) {
      means.close();
      means = null;
    }
  }
}
