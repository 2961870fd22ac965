package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoD;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bytedeco.javacpp.BytePointer;

/** Calibrates with tensors of a folder, or with a table. In the context of the build. */
final class TrtCalibration extends TrtCalibrator {
  private final List<Map<String, Path>> batches;
  private final Optional<byte[]> table;
  private final Consumer<byte[]> keep;
  private final List<DeviceBuffer> buffers = new ArrayList<>();
  private int next;

  /**
   * One of both is empty.
   *
   * @param size extent of the first axis of a batch
   * @param keep takes what was found
   */
  TrtCalibration(
      int size, List<Map<String, Path>> batches, Optional<byte[]> table, Consumer<byte[]> keep) {
    super(size);
    this.batches = batches;
    this.table = table;
    this.keep = keep;
  }

  @Override
  Optional<long[]> batch(List<String> inputs) {
    if (next == batches.size()) {
      return Optional.empty();
    }
    Map<String, Path> files = batches.get(next);
    next++;
    long[] addresses = new long[inputs.size()];
    for (int i = 0; i < addresses.length; i++) {
      if (i == buffers.size()) {
        buffers.add(new DeviceBuffer());
      }
      String input = inputs.get(i);
      if (!files.containsKey(input)) {
        throw new AvocetException(
            Status.FAIL,
            "calibration: TensorRT asks for input \"%s\", there are tensors of %s"
                .formatted(input, new TreeSet<>(files.keySet())));
      }
      addresses[i] = upload(files.get(input), buffers.get(i));
    }
    return Optional.of(addresses);
  }

  private static long upload(Path file, DeviceBuffer buffer) {
    try (Tensor tensor = NpyFile.of(file).read(file);
        BytePointer bytes = new BytePointer(tensor.bytes())) {
      long address = buffer.reserve(tensor.byteSize());
      Cuda.check(cuMemcpyHtoD(address, bytes, tensor.byteSize()), "copying " + file);
      return address;
    }
  }

  @Override
  Optional<byte[]> recall() {
    return table;
  }

  @Override
  void keep(byte[] found) {
    if (table.isEmpty()) {
      keep.accept(found);
    }
  }

  @Override
  public void close() {
    super.close();
    buffers.forEach(DeviceBuffer::close);
  }
}
