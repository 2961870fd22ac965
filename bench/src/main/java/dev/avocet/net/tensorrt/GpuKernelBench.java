package dev.avocet.net.tensorrt;

import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoDAsync;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.preprocess.AffinePass;
import dev.avocet.core.preprocess.Interpolation;
import dev.avocet.core.preprocess.Layout;
import dev.avocet.core.preprocess.PadMode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The preprocessing kernel alone: gigabytes a second of pictures read and values written, beside
 * what the card does when it copies its own memory. Needs NVIDIA's driver and NVRTC, not TensorRT.
 *
 * <p>Not run yet: nobody here had a GPU.
 */
public final class GpuKernelBench {
  private static final int ROUNDS = 50;
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;
  private static final int SIDE = 640;
  private static final int DOWN = 360;
  private static final long COPIED = 256L << 20;

  private GpuKernelBench() {}

  /** No arguments. */
  public static void main(String[] args) {
    Natives.prepare();
    NvidiaNames names = new NvidiaNames();
    CudaDriver.load(names).ifPresent(GpuKernelBench::fail);
    CudaDevice device = CudaDevice.at(0);
    Nvrtc.load(names, device.driver()).ifPresent(GpuKernelBench::fail);
    System.out.println("# " + device + ", " + ROUNDS + " rounds, medians");
    try (CudaContext context = new CudaContext(device)) {
      context.enter();
      try (CudaStream stream = new CudaStream();
          DeviceBuffer target = new DeviceBuffer()) {
        double card = copySpeed(stream);
        System.out.printf(Locale.ROOT, "card's own copy: %.1f GB/s (read and written)%n", card);
        for (PixelFormat format :
            List.of(PixelFormat.BGR, PixelFormat.RGB, PixelFormat.GRAY8, PixelFormat.NV12)) {
          for (int batch : new int[] {1, 8, 32}) {
            kernel(context, stream, target, format, batch, card);
          }
        }
      } finally {
        context.leave();
      }
    }
  }

  private static void fail(String reason) {
    throw new IllegalStateException(reason);
  }

  private static double copySpeed(CudaStream stream) {
    try (DeviceBuffer from = new DeviceBuffer();
        DeviceBuffer to = new DeviceBuffer()) {
      from.reserve(COPIED);
      to.reserve(COPIED);
      float millis =
          median(
              stream,
              () ->
                  Cuda.check(
                      cuMemcpyDtoDAsync(to.address(), from.address(), COPIED, stream.handle),
                      "copying on the GPU"));
      return 2 * COPIED / (millis * 1e6);
    }
  }

  /** A letterbox of full HD to 640 x 640 floats, as detectors have it. */
  private static AffinePass pass(PixelFormat format) {
    PixelFormat colour = format == PixelFormat.GRAY8 ? PixelFormat.GRAY8 : PixelFormat.BGR;
    int channels = colour.channels();
    float[] pad = new float[channels];
    float[] mean = new float[channels];
    float[] scale = new float[channels];
    int[] order = new int[channels];
    for (int c = 0; c < channels; c++) {
      pad[c] = 0.447f;
      scale[c] = 1 / 255f;
      order[c] = channels - 1 - c;
    }
    return new AffinePass(
        new Rect(0, 0, WIDTH, HEIGHT),
        colour,
        SIDE,
        DOWN,
        Interpolation.BILINEAR,
        new Rect(0, 0, SIDE, DOWN),
        0,
        (SIDE - DOWN) / 2,
        SIDE,
        SIDE,
        PadMode.CONSTANT,
        pad,
        order,
        mean,
        scale,
        Layout.NCHW,
        DataType.FLOAT32);
  }

  private static void kernel(
      CudaContext context,
      CudaStream stream,
      DeviceBuffer target,
      PixelFormat format,
      int batch,
      double card) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3];
    new Random(1).nextBytes(pixels);
    AffinePass pass = pass(format);
    long written = pass.shape(batch).elements() * 4;
    // All entries look at one picture, so it is read from the card's memory about once.
    long read = 0;
    for (int plane = 0; plane < format.planes(); plane++) {
      read += (long) format.rowBytes(plane, WIDTH) * format.rows(plane, HEIGHT);
    }
    try (Image image = Image.copyOf(pixels, format, WIDTH, HEIGHT);
        PassRunner runner = new PassRunner(context, stream, false)) {
      List<AffinePass> passes = Collections.nCopies(batch, pass);
      List<Image> images = Collections.nCopies(batch, image);
      long address = target.reserve(written);
      runner.run(passes, images, address, DataType.FLOAT32);
      float alone = median(stream, runner::start);
      float whole = median(stream, () -> runner.run(passes, images, address, DataType.FLOAT32));
      double speed = (read + written) / (alone * 1e6);
      System.out.printf(
          Locale.ROOT,
          "%-6s batch=%2d kernel %.4f ms, %.1f GB/s, %.2f of the card's; with the upload %.4f ms%n",
          format,
          batch,
          alone,
          speed,
          speed / card,
          whole);
    }
  }

  /** Milliseconds by events, the median of some rounds after a few that do not count. */
  static float median(CudaStream stream, Runnable work) {
    float[] millis = new float[ROUNDS];
    try (CudaEvent before = new CudaEvent(true);
        CudaEvent after = new CudaEvent(true)) {
      for (int i = -5; i < ROUNDS; i++) {
        before.record(stream);
        work.run();
        after.record(stream);
        after.synchronize();
        millis[Math.max(0, i)] = after.millisSince(before);
      }
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }
}
