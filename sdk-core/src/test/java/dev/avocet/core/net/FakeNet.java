package dev.avocet.core.net;

import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adds: {@code x} FLOAT32 [?,2] and {@code bias} INT64 [1] give {@code sum} FLOAT32 [?,2] and
 * {@code rows} INT64 [1].
 */
final class FakeNet implements Net {
  final AtomicInteger openSlots = new AtomicInteger();

  /** Output that cannot be had, or -1. */
  int brokenOutput = -1;

  @Override
  public String description() {
    return "fake";
  }

  @Override
  public List<TensorInfo> inputs() {
    return List.of(
        new TensorInfo("x", DataType.FLOAT32, Shape.of(-1, 2)),
        new TensorInfo("bias", DataType.INT64, Shape.of(1)));
  }

  @Override
  public List<TensorInfo> outputs() {
    return List.of(
        new TensorInfo("sum", DataType.FLOAT32, Shape.of(-1, 2)),
        new TensorInfo("rows", DataType.INT64, Shape.of(1)));
  }

  @Override
  public NetSlot slot() {
    openSlots.incrementAndGet();
    return new Slot();
  }

  @Override
  public void close() {
    // Nothing is held but the slots.
  }

  private final class Slot implements NetSlot {
    private final Tensor bias = Tensor.allocate(DataType.INT64, Shape.of(1));
    private final Tensor rows = Tensor.allocate(DataType.INT64, Shape.of(1));
    private Tensor x;
    private Tensor sum;

    @Override
    public Tensor input(int index, Shape shape) {
      TensorInfo info = inputs().get(index);
      if (!info.shape().accepts(shape)) {
        throw AvocetException.invalidArgument("input " + info + " does not take shape=" + shape);
      }
      if (index == 1) {
        return bias;
      }
      if (x != null) {
        x.close();
      }
      x = Tensor.allocate(DataType.FLOAT32, shape);
      return x;
    }

    @Override
    public void run() {
      sum = Tensor.allocate(DataType.FLOAT32, x.shape());
      for (int i = 0; i < x.shape().elements(); i++) {
        sum.floats().put(i, x.floats().get(i) + bias.longs().get(0));
      }
      rows.longs().put(0, x.shape().dim(0));
    }

    @Override
    public Tensor output(int index) {
      if (index == brokenOutput) {
        throw new AvocetException(Status.FAIL, "output " + index + " is broken");
      }
      return index == 0 ? sum : rows;
    }

    @Override
    public void close() {
      openSlots.decrementAndGet();
      bias.close();
      rows.close();
      if (x != null) {
        x.close();
      }
      if (sum != null) {
        sum.close();
      }
    }
  }
}
