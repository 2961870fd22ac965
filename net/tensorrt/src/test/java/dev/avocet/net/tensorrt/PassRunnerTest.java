package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.preprocess.AffinePass;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel's own source, started by everything that starts it on a GPU, beside its definition.
 */
@HostCuda
class PassRunnerTest {
  private byte[] image;

  @BeforeEach
  void compile() throws IOException, InterruptedException {
    image = HostKernel.image();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMakeTheValuesOfTheDefinitionWhateverThePassAndThePicture(boolean mapped) {
    long seed = System.nanoTime();
    try (PassBench bench = new PassBench(image, mapped)) {
      for (int i = 0; i < 400; i++) {
        try (RandomPasses random = new RandomPasses(new Random(seed + i))) {
          bench.check(random, new Random(seed - i), "seed=" + (seed + i));
        }
      }
    }
  }

  @Test
  void shouldNarrowValuesWhenTheInputIsHalf() {
    float[] values = {
      0,
      -0f,
      1,
      -2,
      65504,
      65519.99f,
      65520,
      1e9f,
      6.1035156e-5f,
      6.0975e-5f,
      5.96e-8f,
      2.98e-8f,
      0x1p-25f,
      Math.nextUp(0x1p-25f),
      8.940697e-8f,
      1e-20f,
      Float.NaN,
      Float.NEGATIVE_INFINITY,
      0.1f,
      1 + 0x1p-11f,
      1 + 3 * 0x1p-11f,
      2049,
      2051
    };
    int[] wanted = {
      0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x7bff, 0x7c00, 0x7c00, 0x0400, 0x03ff, 1, 0, 0, 1, 2, 0,
      0x7e00, 0xfc00, 0x2e66, 0x3c00, 0x3c02, 0x6800, 0x6802
    };
    try (PassBench bench = new PassBench(image, false);
        Image picture = Image.copyOf(new byte[1], PixelFormat.GRAY8, 1, 1)) {
      for (int i = 0; i < values.length; i++) {
        // The only pixel is kept at the left, the pad value stands at the right.
        AffinePass pass =
            PassBench.grey(new Rect(0, 0, 1, 1), 1, 1, 2, 1, values[i], DataType.FLOAT32);
        ByteBuffer found = bench.run(List.of(pass), List.of(picture), DataType.FLOAT16);
        assertThat(found.getShort(2) & 0xffff).as("half of %s", values[i]).isEqualTo(wanted[i]);
      }
    }
  }

  @Test
  void shouldCopyAPictureOnceAndStartOneKernelWhateverTheNumberOfRegions() {
    try (PassBench bench = new PassBench(image, false);
        Image one = Image.allocate(PixelFormat.NV12, 64, 48);
        Image other = Image.allocate(PixelFormat.BGR, 40, 30)) {
      AffinePass pass = PassBench.grey(new Rect(3, 4, 33, 21));
      List<Image> mixed = new ArrayList<>(Collections.nCopies(200, one));
      Collections.fill(mixed.subList(50, 90), other);
      // The first call pins memory.
      bench.run(Collections.nCopies(200, pass), mixed, DataType.FLOAT32);
      int single = calls(() -> bench.run(List.of(pass), List.of(one), DataType.FLOAT32));
      int many = calls(() -> bench.run(Collections.nCopies(200, pass), mixed, DataType.FLOAT32));
      // Waiting for the block, copying, starting, marking its end; fetching the answer, waiting.
      assertThat(single).isEqualTo(6);
      assertThat(many).isEqualTo(single);
    }
  }

  private static int calls(Runnable action) {
    int before = HostDriver.live(HostDriver.Kind.CALLS);
    action.run();
    return HostDriver.live(HostDriver.Kind.CALLS) - before;
  }

  @Test
  void shouldGatherLargePicturesInPiecesWhileTheyAreCopied() {
    try (PassBench bench = new PassBench(image, false);
        Image wide = Image.allocate(PixelFormat.BGRA, 1500, 900)) {
      Random random = new Random(3);
      ByteBuffer pixels = wide.plane(0);
      for (int i = 0; i < pixels.capacity(); i++) {
        pixels.put(i, (byte) random.nextInt(256));
      }
      // All columns, as they lie; and few, row by row.
      for (Rect window : List.of(new Rect(0, 1, 1499, 898), new Rect(600, 0, 700, 900))) {
        bench.checkAll(List.of(PassBench.grey(window)), List.of(wide), window.toString());
      }
      assertThat(
              calls(
                  () ->
                      bench.run(
                          List.of(PassBench.grey(new Rect(0, 0, 1500, 900))),
                          List.of(wide),
                          DataType.FLOAT32)))
          .isBetween(6 + 4, 6 + 6);
    }
  }

  @Test
  void shouldKeepTheLastCallsPixelsWhenItIsStillRunning() {
    try (PassBench bench = new PassBench(image, false);
        Image dark = Image.copyOf(new byte[600], PixelFormat.GRAY8, 30, 20);
        Image bright = Image.copyOf(bytes(600, 200), PixelFormat.GRAY8, 30, 20)) {
      AffinePass pass = PassBench.grey(new Rect(0, 0, 30, 20));
      long address = bench.target.reserve(2 * 200 * Float.BYTES);
      bench.runner.run(List.of(pass), List.of(dark), address, DataType.FLOAT32);
      bench.runner.run(List.of(pass), List.of(bright), address + 800, DataType.FLOAT32);
      ByteBuffer found = bench.values(1600);
      assertThat(found.getFloat(0)).isZero();
      assertThat(found.getFloat(800)).isEqualTo(200);
    }
  }

  private static byte[] bytes(int count, int value) {
    byte[] bytes = new byte[count];
    java.util.Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLeaveNothingWhenAnyCallOfTheDriverFails(boolean mapped) {
    try (Image picture = Image.allocate(PixelFormat.NV12, 64, 48)) {
      int failed =
          HostDriver.failEachCall(
              () -> {
                try (PassBench bench = new PassBench(image, mapped)) {
                  bench.run(
                      List.of(PassBench.grey(new Rect(1, 2, 30, 40))),
                      List.of(picture),
                      DataType.FLOAT32);
                }
              });
      assertThat(failed).isGreaterThan(8);
    }
  }

  @Test
  void shouldGoOnWhenACallHasFailed() {
    try (PassBench bench = new PassBench(image, false);
        Image picture = Image.copyOf(bytes(64 * 48, 9), PixelFormat.GRAY8, 64, 48)) {
      List<AffinePass> passes = List.of(PassBench.grey(new Rect(1, 2, 30, 40)));
      for (int n = 1; n < 12; n++) {
        HostDriver.failCall(n);
        try {
          bench.runner.run(passes, List.of(picture), bench.target.reserve(800), DataType.FLOAT32);
        } catch (AvocetException e) {
          assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY);
        }
        HostDriver.failCall(0);
        bench.checkAll(passes, List.of(picture), "after call " + n);
      }
    }
  }

  @Test
  void shouldRefuseWhatItMustNotReadOrCannotMix() {
    try (PassBench bench = new PassBench(image, false);
        Image picture = Image.allocate(PixelFormat.GRAY8, 30, 20)) {
      AffinePass pass = PassBench.grey(new Rect(0, 0, 30, 20));
      long address = bench.target.reserve(10_000);
      assertThatThrownBy(
              () ->
                  bench.runner.run(
                      List.of(pass.movedBy(1, 0)), List.of(picture), address, DataType.FLOAT32))
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.OUT_OF_RANGE))
          .hasMessageContaining("is not inside of 30x20 GRAY8");
      AffinePass other =
          PassBench.grey(new Rect(0, 0, 30, 20), 20, 10, 21, 10, 0, DataType.FLOAT32);
      assertThatThrownBy(
              () ->
                  bench.runner.run(
                      List.of(pass, other), List.of(picture, picture), address, DataType.FLOAT32))
          .hasMessage("passes that make [1,1,10,20] and [1,1,10,21] cannot share a batch");
    }
  }

  @Test
  void shouldAllocateNextToNothingWhenTheGeometryStays() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    try (PassBench bench = new PassBench(image, false);
        Image picture = Image.allocate(PixelFormat.NV12, 640, 480)) {
      List<AffinePass> passes = List.of(PassBench.grey(new Rect(0, 0, 640, 479)));
      List<Image> pictures = List.of(picture);
      long address = bench.target.reserve(800);
      for (int i = 0; i < 50; i++) {
        bench.runner.run(passes, pictures, address, DataType.FLOAT32);
      }
      long nativeObjects = Pointer.totalCount();
      long heap = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < 100; i++) {
        bench.runner.run(passes, pictures, address, DataType.FLOAT32);
      }
      assertThat((threads.getThreadAllocatedBytes(self) - heap) / 100).isLessThan(1500);
      assertThat(Pointer.totalCount()).isEqualTo(nativeObjects);
    }
  }

  @Test
  void shouldSayWhatItDoesNotTake() {
    AffinePass pass = PassBench.grey(new Rect(0, 0, 30, 20));
    try (Image picture = Image.allocate(PixelFormat.GRAY8, 30, 20)) {
      objects(pass, picture, DataType.FLOAT32, 1, "");
      objects(pass, picture, DataType.FLOAT16, -1, "");
      objects(pass, picture, DataType.FLOAT32, 8, "");
      objects(pass, picture, DataType.UINT8, 1, "the input is no picture of this type and size");
      objects(
          pass.movedBy(0, 1),
          picture,
          DataType.FLOAT32,
          1,
          "the window is not inside of the picture");
    }
  }

  private static void objects(
      AffinePass pass, Image picture, DataType type, int batch, String objection) {
    TensorInfo input = new TensorInfo("x", type, Shape.of(batch, 1, -1, 20));
    assertThat(PassRunner.objection(pass, picture, input).orElse("")).isEqualTo(objection);
  }
}
