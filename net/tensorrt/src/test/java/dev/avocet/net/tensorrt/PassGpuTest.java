package dev.avocet.net.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avocet.core.DataType;
import dev.avocet.core.Image;
import dev.avocet.core.PixelFormat;
import dev.avocet.core.Rect;
import dev.avocet.core.internal.Natives;
import dev.avocet.core.preprocess.AffinePass;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kernel on a GPU: its pixels beside their definition. Needs the driver and NVRTC, not
 * TensorRT.
 */
@Tag("gpu")
class PassGpuTest {
  private static byte[] image;

  @BeforeAll
  static void needGpu() {
    Natives.prepare();
    NvidiaNames names = new NvidiaNames();
    Optional<String> missing = missing(names);
    assumeTrue(missing.isEmpty(), () -> "not run: " + missing.get());
    Optional<String> compiler = Nvrtc.load(names, CudaDevice.newestCuda());
    assumeTrue(compiler.isEmpty(), () -> "not run: " + compiler.get());
    TrtLibrary.register(names, true);
    Loader.load(nvrtc.class);
    image = AffineKernel.image(CudaDevice.at(0));
  }

  private static Optional<String> missing(NvidiaNames names) {
    try {
      return CudaDriver.load(names);
    } catch (UnsatisfiedLinkError e) {
      // Where there is no driver another test may have left an empty library under its name.
      return Optional.of(e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldMakeTheValuesOfTheDefinitionWhateverThePassAndThePicture(boolean mapped) {
    assumeTrue(!mapped || CudaDevice.at(0).mapsHostMemory(), "not run: nothing is mapped here");
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
    try (PassBench bench = new PassBench(image, false);
        Image picture = Image.copyOf(new byte[1], PixelFormat.GRAY8, 1, 1)) {
      float[] values = {
        1, -2, 65519.99f, 65520, 6.0975e-5f, Math.nextUp(0x1p-25f), 0.1f, 2049, 2051
      };
      int[] wanted = {0x3c00, 0xc000, 0x7bff, 0x7c00, 0x03ff, 1, 0x2e66, 0x6800, 0x6802};
      for (int i = 0; i < values.length; i++) {
        AffinePass pass =
            PassBench.grey(new Rect(0, 0, 1, 1), 1, 1, 2, 1, values[i], DataType.FLOAT32);
        int found =
            bench.run(List.of(pass), List.of(picture), DataType.FLOAT16).getShort(2) & 0xffff;
        assertThat(found).as("half of %s", values[i]).isEqualTo(wanted[i]);
      }
    }
  }
}
