package dev.avocet.net.tensorrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.nvinfer.IInt8EntropyCalibrator2;

/**
 * Gives TensorRT pictures to find the ranges of INT8 with, or what was found before; the method is
 * entropy calibration, its second. Its methods are called by the thread that builds.
 */
abstract class TrtCalibrator extends TrtCallback {
  private static final TrtGlue.Batch BATCH =
      new TrtGlue.Batch() {
        @Override
        public boolean call(
            long id, LongPointer addresses, PointerPointer<BytePointer> names, int count) {
          return ask(TrtCalibrator.class, id, false, it -> it.fill(addresses, texts(names, count)));
        }
      };
  private static final TrtGlue.Recall RECALL =
      new TrtGlue.Recall() {
        @Override
        public Pointer call(long id, LongPointer length) {
          return ask(TrtCalibrator.class, id, null, it -> it.recall(length));
        }
      };
  private static final TrtGlue.Keep KEEP =
      new TrtGlue.Keep() {
        @Override
        public void call(long id, Pointer data, long length) {
          tell(TrtCalibrator.class, id, it -> it.keep(bytes(data, length)));
        }
      };

  private final IInt8EntropyCalibrator2 calibrator;

  /** Lent to TensorRT until this is closed. */
  private BytePointer recalled = new BytePointer();

  /**
   * A calibrator.
   *
   * @param size pictures in a batch, as many as the network's first extent in the profile
   */
  TrtCalibrator(int size) {
    super(
        id -> TrtGlue.avocet_calibrator(id, size, BATCH, RECALL, KEEP),
        TrtGlue::avocet_free_versioned);
    calibrator = new IInt8EntropyCalibrator2(object());
  }

  /** This, for TensorRT. */
  final IInt8EntropyCalibrator2 calibrator() {
    return calibrator;
  }

  /**
   * Where the next batch lies in the GPU's memory, an address an input, in the inputs' order; empty
   * where there is none left.
   */
  abstract Optional<long[]> batch(List<String> inputs);

  /** What an earlier calibration gave to {@link #keep}, or empty to calibrate anew. */
  abstract Optional<byte[]> recall();

  /** What this calibration found. */
  abstract void keep(byte[] found);

  private boolean fill(LongPointer addresses, List<String> inputs) {
    Optional<long[]> batch = batch(inputs);
    batch.ifPresent(
        found -> {
          if (found.length != inputs.size()) {
            throw new IllegalArgumentException(
                "%d addresses for the inputs %s".formatted(found.length, inputs));
          }
          addresses.put(found);
        });
    return batch.isPresent();
  }

  private Pointer recall(LongPointer length) {
    Optional<byte[]> found = recall();
    recalled.close();
    recalled = found.map(BytePointer::new).orElseGet(BytePointer::new);
    length.put(0, found.map(bytes -> bytes.length).orElse(0));
    return found.isPresent() ? recalled : null;
  }

  @Override
  public void close() {
    super.close();
    recalled.close();
  }

  private static List<String> texts(PointerPointer<BytePointer> names, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(TrtProgress.text(names.get(BytePointer.class, i)));
    }
    return texts;
  }

  private static byte[] bytes(Pointer data, long length) {
    byte[] bytes = new byte[Math.toIntExact(length)];
    new BytePointer(data).capacity(length).get(bytes);
    return bytes;
  }
}
