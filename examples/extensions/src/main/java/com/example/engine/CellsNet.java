package com.example.engine;

import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetSlot;
import java.util.List;

/** An open network: what is the same for all runs. Immutable, so that it is thread safe. */
final class CellsNet implements Net {
  static final TensorInfo PIXELS =
      new TensorInfo("pixels", DataType.FLOAT32, Shape.of(1, 3, -1, -1));
  static final TensorInfo MEANS = new TensorInfo("means", DataType.FLOAT32, Shape.of(1, -1, -1));

  private final int cell;

  CellsNet(int cell) {
    this.cell = cell;
  }

  @Override
  public String description() {
    return "cells 1.0 on cpu";
  }

  @Override
  public List<TensorInfo> inputs() {
    return List.of(PIXELS);
  }

  @Override
  public List<TensorInfo> outputs() {
    return List.of(MEANS);
  }

  @Override
  public NetSlot slot() {
    return new CellsSlot(cell);
  }

  @Override
  public void close() {
    // Nothing is held open; an engine with native memory frees it here.
  }
}
