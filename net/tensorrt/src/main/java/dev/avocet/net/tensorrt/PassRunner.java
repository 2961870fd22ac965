package dev.avocet.net.tensorrt;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.preprocess.AffinePass;
import java.util.List;
import java.util.Optional;

/** Stands for the one of branch t-kernel until it is merged: takes no picture. */
final class PassRunner implements AutoCloseable {
  private final String where;

  PassRunner(CudaContext context, CudaStream stream, boolean mapped) {
    where = context.device.name() + stream.handle + mapped;
  }

  static Optional<String> objection(AffinePass pass, Image picture, TensorInfo input) {
    return Optional.of("not yet: " + pass.type() + picture.format() + input);
  }

  void run(List<AffinePass> passes, List<Image> pictures, long target, DataType type) {
    throw new IllegalStateException(where + passes + pictures + target + type);
  }

  @Override
  public void close() {}
}
