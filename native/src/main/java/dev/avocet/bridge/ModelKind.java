package dev.avocet.bridge;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Model;

/** Models; {@code avocet/model.h}. */
final class ModelKind implements Kind<Model> {
  /** What an array can hold on every virtual machine. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

  @Override
  public Class<Model> handle() {
    return Model.class;
  }

  @Override
  public Model create(Source source) {
    source.refuseOptions();
    if (source.has(Layouts.Source.PATH)) {
      return Model.open(source.path(Layouts.Source.PATH, "path"));
    }
    long data = CMemory.need("data", source.pointer(Layouts.Source.DATA));
    long bytes = source.pointer(Layouts.Source.BYTES_FIELD);
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw AvocetException.invalidArgument(
          "bytes=%d: a model's file has 1 to %d".formatted(bytes, MAX_BYTES));
    }
    byte[] copy = new byte[(int) bytes];
    CMemory.view(data, bytes).get(copy);
    return Model.of(copy);
  }

  @Override
  public Result apply(Model handle, Input input) {
    throw runsNothing();
  }

  @Override
  public void warmup(Model handle) {
    throw runsNothing();
  }

  @Override
  public String stats(Model handle) {
    throw runsNothing();
  }

  private static AvocetException runsNothing() {
    return AvocetException.invalidArgument(
        "the handle is a model, which runs nothing: make a task's handle of it");
  }
}
