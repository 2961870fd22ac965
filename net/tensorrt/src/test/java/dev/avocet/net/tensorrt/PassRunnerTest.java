package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.avocet.core.AvocetException;
import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Shape;
import dev.avocet.core.Status;
import dev.avocet.core.Tensor;
import dev.avocet.core.TensorInfo;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.net.tensorrt.RandomPasses.Target;
import dev.avocet.preprocess.internal.PlainExecutor;
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

  /** A runner with its stream and a target. */
  private static final class Bench implements AutoCloseable {
    final CudaContext context = new CudaContext(CudaDevice.at(0));
    private final List<AutoCloseable> made = new ArrayList<>();
    final CudaStream stream;
    final PassRunner runner;
    final DeviceBuffer target = new DeviceBuffer();

    Bench(byte[] image, boolean mapped) {
      try {
        made.add(context);
        context.enter();
        made.add(0, context::leave);
        stream = new CudaStream();
        made.add(0, stream);
        runner = new PassRunner(image, stream, mapped);
        made.add(0, runner);
        made.add(0, target);
      } catch (RuntimeException e) {
        close();
        throw e;
      }
    }

    /** What the passes make, as bytes. */
    ByteBuffer run(List<AffinePass> passes, List<Image> pictures, DataType type) {
      long bytes = passes.get(0).shape(passes.size()).elements() * type.bytes();
      long address = target.reserve(bytes);
      runner.run(passes, pictures, address, type);
      stream.synchronize();
      return Memory.view(address, bytes);
    }

    @Override
    public void close() {
      Closing.all(made.toArray(new AutoCloseable[0]));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMakeTheValuesOfTheDefinitionWhateverThePassAndThePicture(boolean mapped) {
    long seed = System.nanoTime();
    try (Bench bench = new Bench(image, mapped)) {
      for (int i = 0; i < 400; i++) {
        try (RandomPasses random = new RandomPasses(new Random(seed + i))) {
          check(bench, random, new Random(seed - i), "seed=" + (seed + i));
        }
      }
    }
  }

  /** Regions of a few pictures; then some of them, and all again. */
  private static void check(Bench bench, RandomPasses random, Random choice, String what) {
    Target target = random.target();
    List<Image> pictures = new ArrayList<>();
    List<Image> views = new ArrayList<>();
    List<AffinePass> passes = new ArrayList<>();
    int entries = 1 + choice.nextInt(5);
    for (int i = 0; i < entries; i++) {
      if (pictures.isEmpty() || choice.nextInt(3) == 0) {
        pictures.add(random.picture());
      }
      Image view = pictures.get(choice.nextInt(pictures.size()));
      if (choice.nextInt(4) == 0) {
        view = view.rotated(random.pick(Rotation.values()));
      }
      views.add(view);
      passes.add(random.pass(view, target));
    }
    checkAll(bench, passes, views, what);
    int from = choice.nextInt(entries);
    checkAll(bench, passes.subList(from, entries), views.subList(from, entries), what + " again");
    checkAll(bench, passes, views, what + " at last");
  }

  private static void checkAll(
      Bench bench, List<AffinePass> passes, List<Image> views, String what) {
    AffinePass first = passes.get(0);
    ByteBuffer found = bench.run(passes, views, first.type());
    try (PlainExecutor plain = new PlainExecutor();
        Tensor wanted = Tensor.allocate(first.type(), first.shape(passes.size()))) {
      for (int i = 0; i < passes.size(); i++) {
        plain.execute(passes.get(i), views.get(i), wanted, i);
      }
      int entry = (int) first.shape(1).elements();
      for (int i = 0; i < wanted.shape().elements(); i++) {
        float a = value(found, i, first.type());
        float b = value(wanted.bytes(), i, first.type());
        if (a != b) {
          fail(
              "%s: element %d of entry %d is %s, expected %s: %s of %s",
              what, i % entry, i / entry, a, b, passes.get(i / entry), views.get(i / entry));
        }
      }
    }
  }

  private static float value(ByteBuffer bytes, int i, DataType type) {
    return type == DataType.UINT8 ? bytes.get(i) & 0xff : bytes.getFloat(i * Float.BYTES);
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
      2.9802322e-8f,
      2.98023259e-8f,
      8.940697e-8f,
      1e-20f,
      Float.NaN,
      Float.NEGATIVE_INFINITY,
      0.1f,
      1.00048828125f,
      1.00146484375f,
      2049,
      2051
    };
    int[] wanted = {
      0, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x7bff, 0x7c00, 0x7c00, 0x0400, 0x03ff, 1, 0, 0, 1, 2, 0,
      0x7e00, 0xfc00, 0x2e66, 0x3c00, 0x3c02, 0x6800, 0x6802
    };
    try (Bench bench = new Bench(image, false);
        Image picture = Image.copyOf(new byte[1], PixelFormat.GRAY8, 1, 1)) {
      for (int i = 0; i < values.length; i++) {
        // The only pixel is kept at the left, the pad value stands at the right.
        AffinePass pass = grey(new Rect(0, 0, 1, 1), 1, 1, 2, 1, values[i], DataType.FLOAT32);
        ByteBuffer found = bench.run(List.of(pass), List.of(picture), DataType.FLOAT16);
        assertThat(found.getShort(2) & 0xffff).as("half of %s", values[i]).isEqualTo(wanted[i]);
      }
    }
  }

  /** A grey pass whose kept part is the whole, at the upper left of the target. */
  private static AffinePass grey(
      Rect window,
      int resizedWidth,
      int resizedHeight,
      int width,
      int height,
      float pad,
      DataType type) {
    return new AffinePass(
        window,
        PixelFormat.GRAY8,
        resizedWidth,
        resizedHeight,
        Interpolation.BILINEAR,
        new Rect(0, 0, resizedWidth, resizedHeight),
        0,
        0,
        width,
        height,
        PadMode.CONSTANT,
        new float[] {pad},
        new int[1],
        new float[1],
        new float[] {1},
        Layout.NCHW,
        type);
  }

  private static AffinePass grey(Rect window) {
    return grey(window, 20, 10, 20, 10, 0, DataType.FLOAT32);
  }

  @Test
  void shouldCopyAPictureOnceAndStartOneKernelWhateverTheNumberOfRegions() {
    try (Bench bench = new Bench(image, false);
        Image one = Image.allocate(PixelFormat.NV12, 64, 48);
        Image other = Image.allocate(PixelFormat.BGR, 40, 30)) {
      AffinePass pass = grey(new Rect(3, 4, 33, 21));
      List<Image> mixed = new ArrayList<>(Collections.nCopies(200, one));
      Collections.fill(mixed.subList(50, 90), other);
      // The first call pins memory.
      bench.run(Collections.nCopies(200, pass), mixed, DataType.FLOAT32);
      int single = calls(() -> bench.run(List.of(pass), List.of(one), DataType.FLOAT32));
      int many = calls(() -> bench.run(Collections.nCopies(200, pass), mixed, DataType.FLOAT32));
      // Waiting for the block, copying, starting, marking its end; and waiting for the answer.
      assertThat(single).isEqualTo(5);
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
    try (Bench bench = new Bench(image, false);
        Image wide = Image.allocate(PixelFormat.BGRA, 1500, 900)) {
      Random random = new Random(3);
      ByteBuffer pixels = wide.plane(0);
      for (int i = 0; i < pixels.capacity(); i++) {
        pixels.put(i, (byte) random.nextInt(256));
      }
      // All columns, as they lie; and few, row by row.
      for (Rect window : List.of(new Rect(0, 1, 1499, 898), new Rect(600, 0, 700, 900))) {
        checkAll(bench, List.of(grey(window)), List.of(wide), window.toString());
      }
      assertThat(
              calls(
                  () ->
                      bench.run(
                          List.of(grey(new Rect(0, 0, 1500, 900))),
                          List.of(wide),
                          DataType.FLOAT32)))
          .isBetween(5 + 4, 5 + 6);
    }
  }

  @Test
  void shouldKeepTheLastCallsPixelsWhenItIsStillRunning() {
    try (Bench bench = new Bench(image, false);
        Image dark = Image.copyOf(new byte[600], PixelFormat.GRAY8, 30, 20);
        Image bright = Image.copyOf(bytes(600, 200), PixelFormat.GRAY8, 30, 20)) {
      AffinePass pass = grey(new Rect(0, 0, 30, 20));
      long address = bench.target.reserve(2 * 200 * Float.BYTES);
      bench.runner.run(List.of(pass), List.of(dark), address, DataType.FLOAT32);
      bench.runner.run(List.of(pass), List.of(bright), address + 800, DataType.FLOAT32);
      bench.stream.synchronize();
      ByteBuffer found = Memory.view(address, 1600);
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
                try (Bench bench = new Bench(image, mapped)) {
                  bench.run(
                      List.of(grey(new Rect(1, 2, 30, 40))), List.of(picture), DataType.FLOAT32);
                }
              });
      assertThat(failed).isGreaterThan(8);
    }
  }

  @Test
  void shouldGoOnWhenACallHasFailed() {
    try (Bench bench = new Bench(image, false);
        Image picture = Image.copyOf(bytes(64 * 48, 9), PixelFormat.GRAY8, 64, 48)) {
      List<AffinePass> passes = List.of(grey(new Rect(1, 2, 30, 40)));
      for (int n = 1; n < 12; n++) {
        HostDriver.failCall(n);
        try {
          bench.runner.run(passes, List.of(picture), bench.target.reserve(800), DataType.FLOAT32);
        } catch (AvocetException e) {
          assertThat(e.status()).isEqualTo(Status.OUT_OF_MEMORY);
        }
        HostDriver.failCall(0);
        checkAll(bench, passes, List.of(picture), "after call " + n);
      }
    }
  }

  @Test
  void shouldRefuseWhatItMustNotReadOrCannotMix() {
    try (Bench bench = new Bench(image, false);
        Image picture = Image.allocate(PixelFormat.GRAY8, 30, 20)) {
      AffinePass pass = grey(new Rect(0, 0, 30, 20));
      long address = bench.target.reserve(10_000);
      assertThatThrownBy(
              () ->
                  bench.runner.run(
                      List.of(pass.movedBy(1, 0)), List.of(picture), address, DataType.FLOAT32))
          .isInstanceOfSatisfying(
              AvocetException.class, e -> assertThat(e.status()).isEqualTo(Status.OUT_OF_RANGE))
          .hasMessageContaining("is not inside of 30x20 GRAY8");
      AffinePass other = grey(new Rect(0, 0, 30, 20), 20, 10, 21, 10, 0, DataType.FLOAT32);
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
    try (Bench bench = new Bench(image, false);
        Image picture = Image.allocate(PixelFormat.NV12, 640, 480)) {
      List<AffinePass> passes = List.of(grey(new Rect(0, 0, 640, 479)));
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
    AffinePass pass = grey(new Rect(0, 0, 30, 20));
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
