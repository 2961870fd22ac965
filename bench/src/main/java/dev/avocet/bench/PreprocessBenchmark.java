package dev.avocet.bench;

import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Tensor;
import dev.avocet.core.model.Params;
import dev.avocet.core.model.StepSpec;
import dev.avocet.preprocess.PlanMode;
import dev.avocet.preprocess.Prepared;
import dev.avocet.preprocess.Preprocessor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Preprocessing alone: letterbox of a picture into a FLOAT32 NCHW tensor, in each plan mode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PreprocessBenchmark {
  /** How the list runs. */
  @Param({"FUSED", "PLAIN", "REFERENCE"})
  public PlanMode mode;

  /** Source width, height and side of the network's input. */
  @Param({"768x576x416", "1920x1080x640"})
  public String sizes;

  private Preprocessor preprocessor;
  private Image image;
  private Tensor tensor;

  /** Makes the picture and the tensor. */
  @Setup(Level.Trial)
  public void open() {
    int[] n = Stream.of(sizes.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    byte[] pixels = new byte[n[0] * n[1] * 3];
    new Random(1).nextBytes(pixels);
    image = Image.copyOf(pixels, PixelFormat.BGR, n[0], n[1]);
    preprocessor = Preprocessor.create(letterbox(n[2]), mode);
    Prepared prepared = preprocessor.plan(image);
    tensor = Tensor.allocate(prepared.type(), prepared.shape());
  }

  /** The transforms of a letterbox into a square. */
  static List<StepSpec> letterbox(int side) {
    String size = "\"size\": [%d, %d]".formatted(side, side);
    return List.of(
        step("{\"type\": \"LoadImageFromFile\"}"),
        step("{\"type\": \"Resize\", \"keep_ratio\": true, " + size + "}"),
        step("{\"type\": \"Pad\", \"pad_val\": 114, " + size + "}"),
        step("{\"type\": \"DefaultFormatBundle\"}"),
        step("{\"type\": \"Collect\", \"keys\": [\"img\"]}"));
  }

  private static StepSpec step(String json) {
    Params params = Params.parse("benchmark", json);
    return new StepSpec(params.text("type"), params);
  }

  /** Preprocesses the picture. */
  @Benchmark
  public Tensor letterbox() {
    preprocessor.run(image, tensor, 0);
    return tensor;
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    tensor.close();
    image.close();
    preprocessor.close();
  }
}
