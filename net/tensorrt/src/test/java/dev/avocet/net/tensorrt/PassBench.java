package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.fail;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import dev.avocet.net.tensorrt.RandomPasses.Target;
import dev.avocet.preprocess.internal.PlainExecutor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A runner in a context of its own, with what it needs to be compared with the definition. */
final class PassBench implements AutoCloseable {
  private final List<AutoCloseable> made = new ArrayList<>();
  private final PinnedBuffer answer = new PinnedBuffer(false);
  final CudaStream stream;
  final PassRunner runner;
  final DeviceBuffer target = new DeviceBuffer();

  PassBench(byte[] image, boolean mapped) {
    CudaContext context = new CudaContext(CudaDevice.at(0));
    made.add(context);
    try {
      context.enter();
      made.add(0, context::leave);
      stream = new CudaStream();
      made.add(0, stream);
      runner = new PassRunner(image, stream, mapped);
      made.add(0, runner);
      made.add(0, target);
      made.add(0, answer);
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
    return values(bytes);
  }

  /** The first values of the target, once the stream has come to its end. */
  ByteBuffer values(long bytes) {
    stream.download(target.address(), answer.reserve(bytes), bytes);
    stream.synchronize();
    return Memory.view(answer.address(), bytes);
  }

  /** Regions of a few pictures; then some of them, and all again. */
  void check(RandomPasses random, Random choice, String what) {
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
    checkAll(passes, views, what);
    int from = choice.nextInt(entries);
    checkAll(passes.subList(from, entries), views.subList(from, entries), what + " again");
    checkAll(passes, views, what + " at last");
  }

  void checkAll(List<AffinePass> passes, List<Image> views, String what) {
    AffinePass first = passes.get(0);
    ByteBuffer found = run(passes, views, first.type());
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

  /** A grey pass whose kept part is the whole, at the upper left of the target. */
  static AffinePass grey(
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

  /** The same of 20 x 10 floats. */
  static AffinePass grey(Rect window) {
    return grey(window, 20, 10, 20, 10, 0, DataType.FLOAT32);
  }

  @Override
  public void close() {
    Closing.all(made.toArray(new AutoCloseable[0]));
  }
}
