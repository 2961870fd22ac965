package dev.avocet.net.tensorrt;

import dev.avocet.core.internal.EmptyLibrary;
import dev.avocet.core.internal.Natives;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvonnxparser;

/**
 * NVIDIA's bindings with this machine's libraries behind them, or with none: what they do
 * themselves, without calling a library, works on every machine.
 */
final class StandIns {
  private StandIns() {}

  /** Loads the bindings. */
  static void load() {
    Natives.prepare();
    NvidiaNames names = new NvidiaNames();
    EmptyLibrary.standInForMissing(
        Stream.of("cuda", "cudart", "nvinfer", "nvinfer_plugin", "nvonnxparser")
            .map(names::file)
            .toArray(String[]::new));
    TrtLibrary.register(names, false);
    Loader.load(nvonnxparser.class);
  }
}
