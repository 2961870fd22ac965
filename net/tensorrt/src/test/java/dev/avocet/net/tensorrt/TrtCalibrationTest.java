package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoH;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TensorRT gets for its calibration, asked for as it asks. */
@HostCuda
class TrtCalibrationTest {
  @TempDir Path folder;

  private List<Map<String, Path>> batches() throws IOException {
    return List.of(
        Map.of("x", npy("x0", 1, 2), "y", npy("y0", 3)),
        Map.of("x", npy("x1", 4, 5), "y", npy("y1", 6)));
  }

  private Path npy(String name, float... values) throws IOException {
    return Files.write(
        folder.resolve(name + ".npy"), NpyFileTest.floats(values.length + ",", values));
  }

  private interface Asking {
    void run() throws IOException;
  }

  private static void inContext(Asking asking) throws IOException {
    try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
      context.enter();
      try {
        asking.run();
      } finally {
        context.leave();
      }
    }
  }

  private static float[] download(Pointer from, int count) {
    float[] values = new float[count];
    try (FloatPointer to = new FloatPointer(count)) {
      Cuda.check(cuMemcpyDtoH(to, from.address(), count * 4L), "downloading");
      to.get(values);
    }
    return values;
  }

  @Test
  void shouldLayBatchAfterBatchIntoTheGpusMemory() throws IOException {
    inContext(
        () -> {
          try (TrtCalibration calibration =
                  new TrtCalibration(2, batches(), Optional.empty(), table -> {});
              PointerPointer<Pointer> bindings = new PointerPointer<>(2);
              BytePointer first = new BytePointer("y");
              BytePointer second = new BytePointer("x");
              PointerPointer<BytePointer> names = new PointerPointer<>(first, second)) {
            assertThat(calibration.calibrator().getBatch(bindings, names, 2)).isTrue();
            assertThat(download(bindings.get(0), 1)).containsExactly(3);
            assertThat(download(bindings.get(1), 2)).containsExactly(1, 2);
            assertThat(calibration.calibrator().getBatch(bindings, names, 2)).isTrue();
            assertThat(download(bindings.get(0), 1)).containsExactly(6);
            assertThat(download(bindings.get(1), 2)).containsExactly(4, 5);
            assertThat(calibration.calibrator().getBatch(bindings, names, 2)).isFalse();
            calibration.rethrow();
          }
        });
  }

  @Test
  void shouldEndWithTheReasonWhenAFileIsGone() throws IOException {
    inContext(
        () -> {
          try (TrtCalibration calibration =
                  new TrtCalibration(2, batches(), Optional.empty(), table -> {});
              PointerPointer<Pointer> bindings = new PointerPointer<>(1);
              BytePointer name = new BytePointer("x");
              PointerPointer<BytePointer> names = new PointerPointer<>(1)) {
            names.put(0, name);
            Files.delete(folder.resolve("x0.npy"));

            assertThat(calibration.calibrator().getBatch(bindings, names, 1)).isFalse();
            AvocetException e = assertThrows(AvocetException.class, calibration::rethrow);
            assertThat(e.status()).isEqualTo(Status.FAIL);
            assertThat(e).hasMessageContaining("x0.npy cannot be read");

            AvocetException other =
                assertThrows(AvocetException.class, () -> calibration.batch(List.of("z")));
            assertThat(other)
                .hasMessage(
                    "calibration: TensorRT asks for input \"z\", there are tensors of [x, y]");
          }
        });
  }

  @Test
  void shouldGiveBackEverythingWhenMemoryRunsOut() throws IOException {
    List<Map<String, Path>> batches = batches();
    int failed =
        HostDriver.failEachCall(
            () -> {
              try (CudaContext context = new CudaContext(CudaDevice.at(0))) {
                context.enter();
                try (TrtCalibration calibration =
                    new TrtCalibration(2, batches, Optional.empty(), table -> {})) {
                  calibration.batch(List.of("x", "y"));
                } finally {
                  context.leave();
                }
              }
            });

    assertThat(failed).isPositive();
  }

  @Test
  void shouldKeepWhatWasFoundUnlessItWasGiven() throws IOException {
    byte[] table = {1, 2, 3};
    AtomicReference<byte[]> kept = new AtomicReference<>();
    inContext(
        () -> {
          try (TrtCalibration made = new TrtCalibration(1, List.of(), Optional.empty(), kept::set);
              TrtCalibration given =
                  new TrtCalibration(1, List.of(), Optional.of(table), kept::set);
              LongPointer length = new LongPointer(1);
              BytePointer found = new BytePointer(table)) {
            assertThat(made.calibrator().readCalibrationCache(length)).isNull();
            made.calibrator().writeCalibrationCache(found, table.length);
            assertThat(kept.getAndSet(null)).isEqualTo(table);

            assertThat(given.calibrator().readCalibrationCache(length)).isNotNull();
            assertThat(length.get()).isEqualTo(3);
            given.calibrator().writeCalibrationCache(found, table.length);
            assertThat(kept.get()).isNull();
          }
        });
  }
}
