package dev.avocet.bench;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC2;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_NV12;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_YUY2;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColorTwoPlane;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rotation;
import dev.avocet.core.Tensor;
import dev.avocet.core.internal.Natives;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Letterbox of a 1080p camera frame into a FLOAT32 NCHW tensor: the fused pass beside the usual
 * way, which makes an upright BGR frame first. Both end in the same code that writes the tensor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ColourBenchmark {
  private static final int WIDTH = 1920;
  private static final int HEIGHT = 1080;

  /** How the frame is stored. */
  @Param({"NV12", "YUYV", "BGR"})
  public PixelFormat format;

  /** How the stored frame has to be turned. */
  @Param public Rotation rotation;

  /** Side of the network's input: 640 shrinks by three exactly, 416 by 4.6. */
  @Param({"640", "416"})
  public int side;

  private Preprocessor preprocessor;
  private Image memory;
  private Image frame;
  private Tensor tensor;

  private Mat pixels;
  private Mat chroma = new Mat();
  private final Mat bgr = new Mat();
  private final Mat turned = new Mat();
  private Mat resized;
  private Image small;
  private Size size;

  static {
    Natives.prepare();
  }

  /** Makes the frame and all buffers. */
  @Setup(Level.Trial)
  public void open() {
    memory = Image.allocate(format, WIDTH, HEIGHT);
    frame = memory.rotated(rotation);
    byte[] noise = new byte[memory.plane(0).capacity()];
    new Random(1).nextBytes(noise);
    for (int i = 0; i < format.planes(); i++) {
      ByteBuffer plane = memory.plane(i);
      plane.put(noise, 0, plane.capacity());
    }
    pixels = mat(memory, 0, HEIGHT, WIDTH, CV_8UC(format.bytesPerPixel()));
    if (format == PixelFormat.NV12) {
      chroma = mat(memory, 1, HEIGHT / 2, WIDTH / 2, CV_8UC2);
    }
    preprocessor = Preprocessor.create(PreprocessBenchmark.letterbox(side), PlanMode.FUSED);
    Prepared prepared = preprocessor.plan(frame);
    tensor = Tensor.allocate(prepared.type(), prepared.shape());
    int width = prepared.meta().width();
    int height = prepared.meta().height();
    small = Image.allocate(PixelFormat.BGR, width, height);
    resized = mat(small, 0, height, width, CV_8UC3);
    size = new Size(width, height);
  }

  private static Mat mat(Image image, int plane, int rows, int columns, int type) {
    BytePointer pixels = new BytePointer(image.plane(plane));
    return new Mat(rows, columns, type, pixels, image.planes().get(plane).stride());
  }

  /** As the library does it. */
  @Benchmark
  public Tensor fused() {
    preprocessor.run(frame, tensor, 0);
    return tensor;
  }

  /** The frame is converted, turned and resized as a whole by OpenCV. */
  @Benchmark
  public Tensor wholeFrame() {
    Mat picture = pixels;
    if (format == PixelFormat.NV12) {
      cvtColorTwoPlane(picture, chroma, bgr, COLOR_YUV2BGR_NV12);
      picture = bgr;
    } else if (format == PixelFormat.YUYV) {
      cvtColor(picture, bgr, COLOR_YUV2BGR_YUY2);
      picture = bgr;
    }
    if (rotation != Rotation.NONE) {
      rotate(picture, turned, code(rotation));
      picture = turned;
    }
    resize(picture, resized, size, 0, 0, INTER_LINEAR);
    preprocessor.run(small, tensor, 0);
    return tensor;
  }

  private static int code(Rotation rotation) {
    return switch (rotation) {
      case CLOCKWISE_90 -> ROTATE_90_CLOCKWISE;
      case COUNTERCLOCKWISE_90 -> ROTATE_90_COUNTERCLOCKWISE;
      default -> ROTATE_180;
    };
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    pixels.close();
    chroma.close();
    resized.close();
    bgr.close();
    turned.close();
    size.close();
    small.close();
    tensor.close();
    memory.close();
    preprocessor.close();
  }
}
