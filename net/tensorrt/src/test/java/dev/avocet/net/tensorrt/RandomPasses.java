package dev.avocet.net.tensorrt;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.Image.Plane;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.Rotation;
import dev.avocet.core.internal.Memory;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures of all kinds in somebody else's memory, and passes of all kinds on them. */
final class RandomPasses implements AutoCloseable {
  private final Random random;
  private final List<Memory> memories = new ArrayList<>();

  RandomPasses(Random random) {
    this.random = random;
  }

  /** A picture of noise with odd strides and gaps between its planes. */
  Image picture() {
    PixelFormat format = pick(PixelFormat.values());
    int width = size(format);
    int height = size(format);
    int count = format.planes();
    int[] strides = new int[count];
    long[] offsets = new long[count];
    long bytes = 0;
    for (int p = 0; p < count; p++) {
      strides[p] = format.rowBytes(p, width) + (random.nextBoolean() ? 0 : random.nextInt(50));
      bytes += random.nextInt(5);
      offsets[p] = bytes;
      bytes += (long) strides[p] * (format.rows(p, height) - 1) + format.rowBytes(p, width);
    }
    Memory memory = Memory.allocate(bytes);
    memories.add(memory);
    ByteBuffer all = Memory.view(memory.address(), bytes);
    boolean smooth = random.nextBoolean();
    for (int i = 0; i < bytes; i++) {
      all.put(i, (byte) (smooth ? i / 3 + random.nextInt(3) : random.nextInt(256)));
    }
    List<Plane> planes = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      planes.add(new Plane(memory.address() + offsets[p], strides[p]));
    }
    return Image.wrap(planes, format, width, height).rotated(pick(Rotation.values()));
  }

  private int size(PixelFormat format) {
    int size = 1 + random.nextInt(random.nextInt(4) == 0 ? 4 : 100);
    return format.subsampled() ? (size + 1) & ~1 : size;
  }

  /**
   * What passes that share a batch have in common.
   *
   * @param grey whether they make one channel
   */
  record Target(int width, int height, boolean grey, Layout layout, DataType type) {}

  Target target() {
    return new Target(
        1 + random.nextInt(70),
        1 + random.nextInt(70),
        random.nextInt(4) == 0,
        pick(Layout.values()),
        random.nextInt(4) == 0 ? DataType.UINT8 : DataType.FLOAT32);
  }

  /** A pass on any part of a picture. */
  AffinePass pass(Image picture, Target target) {
    int keptWidth = part(target.width);
    int keptHeight = part(target.height);
    int resizedWidth = keptWidth + (random.nextBoolean() ? 0 : random.nextInt(20));
    int resizedHeight = keptHeight + (random.nextBoolean() ? 0 : random.nextInt(20));
    boolean halves = random.nextInt(4) == 0;
    int width = windowSize(resizedWidth, picture.uprightWidth(), halves);
    int height = windowSize(resizedHeight, picture.uprightHeight(), halves);
    int n = target.grey ? 1 : 3;
    boolean bytes = target.type == DataType.UINT8;
    float[] mean = new float[n];
    float[] scale = new float[n];
    float[] pad = new float[n];
    int[] order = new int[n];
    for (int c = 0; c < n; c++) {
      mean[c] = bytes ? 0 : 255 * random.nextFloat();
      scale[c] = bytes ? 1 : random.nextFloat();
      pad[c] = bytes ? random.nextInt(256) : random.nextFloat() * 100 - 50;
      order[c] = random.nextInt(n);
    }
    return new AffinePass(
        new Rect(
            random.nextInt(picture.uprightWidth() - width + 1),
            random.nextInt(picture.uprightHeight() - height + 1),
            width,
            height),
        target.grey ? PixelFormat.GRAY8 : pick(PixelFormat.BGR, PixelFormat.RGB),
        resizedWidth,
        resizedHeight,
        pick(Interpolation.values()),
        new Rect(
            random.nextInt(resizedWidth - keptWidth + 1),
            random.nextInt(resizedHeight - keptHeight + 1),
            keptWidth,
            keptHeight),
        random.nextInt(target.width - keptWidth + 1),
        random.nextInt(target.height - keptHeight + 1),
        target.width,
        target.height,
        pick(PadMode.values()),
        pad,
        order,
        mean,
        scale,
        target.layout,
        target.type);
  }

  private int part(int whole) {
    return random.nextBoolean() ? whole : 1 + random.nextInt(whole);
  }

  /** Twice the size if asked for; else the same size, a whole multiple, or any. */
  private int windowSize(int resized, int most, boolean halves) {
    int wanted =
        switch (halves ? 3 : random.nextInt(3)) {
          case 0 -> resized;
          case 1 -> resized * (1 + random.nextInt(4));
          case 2 -> 1 + random.nextInt(most);
          default -> 2 * resized;
        };
    return Math.min(wanted, most);
  }

  @SafeVarargs
  final <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  @Override
  public void close() {
    memories.forEach(Memory::close);
  }
}
